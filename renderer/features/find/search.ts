/** Looks through the project stretch by stretch and tells of what was found so far; replaces in slices that are one undo. */
import { newId } from '../../../shared/domain/ids.ts';
import type { Client, Input } from '../../../shared/rpc/client.ts';
import type { FoundText, FoundTexts } from '../../../shared/rpc/contract.ts';

export type Query = Omit<Input<'edits.findText'>, 'after'>;
export interface Match extends FoundText {
  readonly key: string;
  readonly image: { readonly id: string; readonly name: string; readonly sha256: string };
}
export interface Search {
  readonly matches: readonly Match[];
  readonly images: number;
  /** 0 to 1; 1 when everything was looked through. */
  readonly share: number;
  /** There are more than are kept: replacing these first leads to the rest. */
  readonly capped: boolean;
}
export const noSearch: Search = { matches: [], images: 0, share: 1, capped: false };
/** Matches kept for the preview, about 20 MB. */
const MOST = 50_000;
/** Images of one call: the core answers within a tenth of a second, so that progress moves and stopping is quick. */
const SLICE = 200;

export async function search(client: Pick<Client, 'call'>, query: Query, signal: AbortSignal, tell: (search: Search) => void): Promise<void> {
  let matches: Match[] = [];
  let images = 0;
  for (let after: number | null = 0; after !== null && !signal.aborted;) {
    const found: FoundTexts = await client.call('edits.findText', { ...query, after }, signal);
    images += found.images.length;
    matches = [
      ...matches,
      ...found.images.flatMap(({ imageId, name, sha256, texts }) =>
        texts.map((text): Match => ({ ...text, key: `${text.id} ${text.at}`, image: { id: imageId, name, sha256 } })),
      ),
    ];
    after = found.next;
    const capped = after !== null && matches.length >= MOST;
    if (!signal.aborted) tell({ matches, images, share: capped || after === null ? 1 : found.share, capped });
    if (capped) return;
  }
}

export interface Replaced {
  readonly replaced: number;
  readonly left: number;
  readonly images: number;
}

/** Replaces these matches; `signal` stops between two slices, and what was done by then is still one undo. */
export async function replace(
  client: Pick<Client, 'call'>,
  query: Query,
  by: string,
  matches: readonly Match[],
  signal: AbortSignal,
  tell: (share: number) => void,
): Promise<Replaced> {
  const byImage = new Map<string, { id: string; at: number }[]>();
  for (const { image, id, at } of matches) {
    const places = byImage.get(image.id);
    if (places) places.push({ id, at });
    else byImage.set(image.id, [{ id, at }]);
  }
  const all = [...byImage].map(([imageId, places]) => ({ imageId, places }));
  const groupId = newId();
  const sum = { replaced: 0, left: 0, images: 0 };
  for (let start = 0; start < all.length && !signal.aborted; start += SLICE) {
    const done = await client.call('edits.replaceText', { ...query, by, groupId, images: all.slice(start, start + SLICE) });
    sum.replaced += done.replaced;
    sum.left += done.left;
    sum.images += done.images;
    tell(Math.min(1, (start + SLICE) / all.length));
  }
  return sum;
}
