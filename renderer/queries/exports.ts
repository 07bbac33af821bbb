/** What an export would hold, before it is made. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Input, Output } from '../../shared/rpc/client.ts';
import type { AppError } from '../../shared/rpc/errors.ts';
import { useQueryMethod } from './client.ts';

/** Nothing is asked while no state is chosen; what was asked before is called off. */
export const useExportPreview = (wish: Input<'exports.preview'>): UseQueryResult<Output<'exports.preview'>, AppError> =>
  useQueryMethod('exports.preview', wish, { keepPrevious: true, enabled: wish.states === undefined || wish.states.length > 0 });
