/** Counts for the gallery's side list and the line below it. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Facets } from '../../shared/domain/image.ts';
import type { AppError } from '../../shared/rpc/errors.ts';
import { useQueryMethod } from './client.ts';

/** Followed through the change stream; the numbers before stay while new ones are read. */
export const useFacets = (): UseQueryResult<Facets, AppError> => useQueryMethod('images.facets', {}, { keepPrevious: true });
