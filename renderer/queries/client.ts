/** Reading from and commanding the core in components. What was read stays until the change stream says that it is old. */
import {
  QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { CallName, Client, Input, Output } from '../../shared/rpc/client.ts';
import { type AppError, toAppError } from '../../shared/rpc/errors.ts';
import { useHost } from '../host/host.ts';

/** The cache of this window. A core that restarts fails what was under way; reading again is harmless, commanding again may not be. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 5 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, thrown) => failures < 3 && toAppError(thrown).code === 'unavailable',
        retryDelay: (failures) => 200 * 2 ** failures,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** The key a method's answers are cached under; the change stream goes by its first part. */
export const methodKey = <M extends CallName>(name: M, input: Input<M>): QueryKey => [name, input];

/** Options for `queryClient.fetchQuery` and `prefetchQuery`. */
export function methodQuery<M extends CallName>(client: Client, name: M, input: Input<M>) {
  return { queryKey: methodKey(name, input), queryFn: ({ signal }: { signal: AbortSignal }): Promise<Output<M>> => client.call(name, input, signal) };
}

type MethodOptions<M extends CallName> = Omit<UseQueryOptions<Output<M>, AppError>, 'queryKey' | 'queryFn'> & {
  /** Shows the answer to the input before until the new one is there: for lists that are filtered. */
  readonly keepPrevious?: boolean;
};

/** Calls a method that reads, and follows it. */
export function useQueryMethod<M extends CallName>(name: M, input: Input<M>, options: MethodOptions<M> = {}): UseQueryResult<Output<M>, AppError> {
  const { client } = useHost();
  const { keepPrevious, ...rest } = options;
  return useQuery<Output<M>, AppError>({
    ...methodQuery(client, name, input),
    ...(keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    ...rest,
  });
}

/** Calls a method that changes something, when told to. */
export function useCommandMethod<M extends CallName>(name: M): UseMutationResult<Output<M>, AppError, Input<M>> {
  const { client } = useHost();
  return useMutation<Output<M>, AppError, Input<M>>({ mutationFn: (input) => client.call(name, input) });
}
