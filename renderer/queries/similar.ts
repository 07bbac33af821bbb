/** Lists that the core keeps: in the order of likeness, or of the images behind a figure; what they are, and how they come to be. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client, Input } from '../../shared/rpc/client.ts';
import type { RankResult } from '../../shared/rpc/machine-contract.ts';
import { emptyFilter, sessionStore } from '../stores/session.ts';

/** What the list is like; null where words were ranked beside the full text, or nothing. */
export type SimilarBy =
  | { readonly kind: 'image'; readonly imageId: string; readonly name: string; readonly crop: Crop | null }
  | { readonly kind: 'order'; readonly order: 'outliers' | 'different' }
  /** No likeness: the images behind a figure. `title` says which, translated. */
  | { readonly kind: 'list'; readonly title: string; readonly ask: ListAsk };
/** Has the core make the list (again). */
export type ListAsk = (client: Client) => Promise<{ readonly rankingId: string }>;
type Likeness = Exclude<SimilarBy, { kind: 'list' }>;
export type Crop = NonNullable<Extract<Input<'similar.rank'>['by'], { imageId: string }>['crop']>;
export interface SimilarState {
  readonly by: SimilarBy | null;
  /** The last ranking that came, with how much of the project it is of. */
  readonly ranked: Extract<RankResult, { status: 'ranked' }> | null;
  /** The encoder that was asked for words and knows none; null where it does, or none was asked. */
  readonly wordless: string | null;
}
export const similarStore: StoreApi<SimilarState> = createStore<SimilarState>(() => ({ by: null, ranked: null, wordless: null }));
export const useSimilar = <T>(select: (state: SimilarState) => T): T => useStore(similarStore, select);

const inputOf = (by: Likeness): Input<'similar.rank'>['by'] => (by.kind === 'image' ? { imageId: by.imageId, crop: by.crop } : { order: by.order });

/** Ranks all images and shows them in that order, under the filters that are on. Says why where it can't. */
export async function showRanked(client: Client, by: Likeness): Promise<RankResult> {
  const result = await client.call('similar.rank', { by: inputOf(by) });
  if (result.status !== 'ranked') return result;
  similarStore.setState({ by, ranked: result });
  const { filter, set } = sessionStore.getState();
  set({ filter: { ...filter, text: '', ranking: result.rankingId, sort: 'similarity', descending: false } });
  return result;
}

/** Shows the images behind a figure in the gallery, under no other filter. */
export async function showList(client: Client, title: string, items: Input<'figures.items'>): Promise<void> {
  await showImages(client, title, (now) => now.call('figures.items', items));
}

/** Shows a list that the core makes in the gallery, under no other filter; `byPlace`: in the order of the list. */
export async function showImages(client: Client, title: string, ask: ListAsk, byPlace = false): Promise<void> {
  const { rankingId } = await ask(client);
  similarStore.setState({ by: { kind: 'list', title, ask }, ranked: null });
  const { set, navigate } = sessionStore.getState();
  set({ filter: { ...emptyFilter, ranking: rankingId, ...(byPlace ? { sort: 'similarity' as const } : {}) } });
  navigate({ screen: 'gallery' });
}

/** Makes an order or a list again that the core no longer keeps. */
export async function showAgain(client: Client, by: SimilarBy): Promise<void> {
  if (by.kind !== 'list') return void (await showRanked(client, by));
  const { rankingId } = await by.ask(client);
  const { filter, set } = sessionStore.getState();
  set({ filter: { ...filter, ranking: rankingId } });
}

/** Ranks by words, to stand beside what full text finds of them. Null where the encoder can't, or none is there. */
export async function rankWords(client: Client, text: string, signal: AbortSignal): Promise<string | null> {
  const result = await client.call('similar.rank', { by: { text } }, signal);
  if (signal.aborted) return null;
  similarStore.setState({ wordless: result.status === 'no-text' ? result.encoder : null });
  if (result.status !== 'ranked') return null;
  similarStore.setState({ by: null, ranked: result });
  return result.rankingId;
}

/** Leaves the order by likeness. */
export function leaveRanking(): void {
  similarStore.setState({ by: null, ranked: null });
  const { filter, set } = sessionStore.getState();
  if (filter.ranking !== null) set({ filter: { ...filter, ranking: null, sort: filter.sort === 'similarity' ? 'added' : filter.sort } });
}
