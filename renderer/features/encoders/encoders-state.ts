/** What a person is about to install: looked at, not yet copied. And the installation that is under way. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EncoderDescription } from '../../../shared/domain/encoder-presets.ts';
import type { FoundEncoder } from '../../../shared/domain/found-encoder.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { toAppError } from '../../../shared/rpc/errors.ts';
import { errorSentence } from '../../ui/errors.ts';

export type LoneGraph = Extract<FoundEncoder, { kind: 'graph' }>;
interface State {
  /** A lone file that waits for its description. */
  readonly lone: { readonly path: string; readonly found: LoneGraph } | null;
  readonly installing: { readonly name: string; readonly abort: AbortController } | null;
  /** Why the last one was not installed, until the next try. */
  readonly problem: string | null;
  /** The name of the one that was installed last. */
  readonly installed: string | null;
}
const NOTHING: State = { lone: null, installing: null, problem: null, installed: null };
const store: StoreApi<State> = createStore(() => NOTHING);
export const useAdding = (): State => useStore(store);

/** A dialog that is opened anew begins with nothing; what is being copied goes on. */
export const forgetOutcome = (): void => store.setState({ lone: null, problem: null, installed: null });

/** Looks at a folder or file. One with a manifest is installed; a lone graph asks for its description first. */
export async function offerEncoder(client: Client, path: string): Promise<void> {
  if (store.getState().installing) return;
  store.setState({ ...NOTHING });
  try {
    const found = await client.call('encoders.inspect', { path });
    if (found.kind === 'graph') store.setState({ lone: { path, found } });
    else await install(client, path, found.name, null);
  } catch (thrown) {
    store.setState({ problem: errorSentence(thrown) });
  }
}

/** Installs; the outcome shows in the dialog. */
export async function install(client: Client, path: string, name: string, described: EncoderDescription | null): Promise<void> {
  const abort = new AbortController();
  store.setState({ installing: { name, abort }, problem: null, installed: null });
  try {
    const done = await client.call('encoders.install', { path, described }, abort.signal);
    store.setState({ ...NOTHING, installed: done.name });
  } catch (thrown) {
    const cancelled = toAppError(thrown).code === 'cancelled';
    store.setState({ installing: null, problem: cancelled ? null : errorSentence(thrown) });
  }
}
export const cancelDescription = (): void => store.setState({ lone: null, problem: null });
