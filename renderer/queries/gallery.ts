/** The gallery's list in components, and what acts on many images at once. */
import i18next from 'i18next';
import { useEffect, useSyncExternalStore } from 'react';
import type { ImageFilter } from '../../shared/domain/image.ts';
import type { Client, Input } from '../../shared/rpc/client.ts';
import type { UndoResult } from '../../shared/rpc/contract.ts';
import { useHost } from '../host/host.ts';
import { numbersOf } from '../ui/numbers.ts';
import { useChanges } from './changes.ts';
import { createImageLists, type ImageList, type ImageLists } from './image-list.ts';

/** The lists live as long as the client, so that coming back to the gallery shows what was there at once. */
const listsOf = new WeakMap<Client, ImageLists>();
/** An import tells of every batch; what is on the screen is read again at most this often. */
const GATHER_MS = 250;

/** The list of this project under this filter, followed; `lists` is what moves through it. */
export function useImageList(projectId: string | null, filter: ImageFilter): { list: ImageList; lists: ImageLists } {
  const { client } = useHost();
  let lists = listsOf.get(client);
  if (!lists) listsOf.set(client, (lists = createImageLists(client)));
  const current = lists;
  useEffect(() => {
    if (projectId !== null) current.show(projectId, filter);
  }, [current, projectId, filter]);
  // What changed while another screen was shown was not followed.
  useEffect(() => current.refresh(), [current]);
  useEffect(() => () => gather.stop(), []);
  useChanges((change) => {
    if (change.topic === 'images' || change.topic === 'all') gather.run(() => current.refresh());
  });
  return { list: useSyncExternalStore(current.subscribe, current.current), lists: current };
}

const gather = {
  timer: null as ReturnType<typeof setTimeout> | null,
  run(work: () => void) {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      work();
    }, GATHER_MS);
  },
  stop() {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  },
};

export type BulkChange = Input<'edits.bulk'>['change'];
/** Most images one edit changes, as the contract says. */
const BULK_LIMIT = 100_000;

/** `held`: a finding has to be settled first; `refused`: the person may not change them as they stand. */
interface BulkResult {
  readonly changed: number;
  readonly refused: number;
  readonly held: number;
  readonly edits: number;
}

/** Changes many images as one edit; more than the limit as several. `edits` is how many undos take it back. */
export async function changeImages(client: Client, imageIds: readonly string[], change: BulkChange): Promise<BulkResult> {
  let [changed, refused, held] = [0, 0, 0];
  let edits = 0;
  for (let from = 0; from < imageIds.length; from += BULK_LIMIT) {
    const result = await client.call('edits.bulk', { imageIds: imageIds.slice(from, from + BULK_LIMIT), change });
    changed += result.changed;
    refused += result.refused;
    held += result.held;
    if (result.changed > 0) edits++;
  }
  return { changed, refused, held, edits };
}

/** How many images were left as they are and why; null where none were. */
export function leftOut({ refused, held }: Pick<BulkResult, 'refused' | 'held'>): string | null {
  const { count } = numbersOf(i18next.language);
  const parts = [
    ...(held > 0 ? [i18next.t('gallery.left.held', { count: held, n: count(held) })] : []),
    ...(refused > 0 ? [i18next.t('gallery.left.refused', { count: refused, n: count(refused) })] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : null;
}

/** Takes back, or brings back, the last edits of the whole project. */
export async function stepProject(client: Client, way: 'undo' | 'redo', edits = 1): Promise<UndoResult> {
  let result: UndoResult = { status: 'nothing' };
  for (let step = 0; step < edits; step++) {
    result = await client.call(`edits.${way}`, { imageId: null });
    if (result.status !== 'done' && result.status !== 'bulk') break;
  }
  return result;
}
