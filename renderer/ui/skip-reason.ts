import type { TFunction } from 'i18next';
import { isSkipReason } from '../../shared/domain/skip.ts';

/** A reason as people read it: translated where it is one of the usual ones, else as it was written. */
export const skipReasonText = (reason: string, t: TFunction): string => (isSkipReason(reason) ? t(`skip.reason.${reason}`) : reason);
