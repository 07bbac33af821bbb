/** What an export would hold, before it is made. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ImageState } from '../../shared/domain/model.ts';
import type { ExportProfile } from '../../shared/formats/profiles.ts';
import type { Output } from '../../shared/rpc/client.ts';
import type { AppError } from '../../shared/rpc/errors.ts';
import { useQueryMethod } from './client.ts';

/** Nothing is asked while no state is chosen. */
export const useExportPreview = (profile: ExportProfile, states: readonly ImageState[]): UseQueryResult<Output<'exports.preview'>, AppError> =>
  useQueryMethod('exports.preview', { profile, states: [...states].sort() }, { keepPrevious: true, enabled: states.length > 0 });
