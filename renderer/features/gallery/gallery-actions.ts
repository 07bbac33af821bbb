/** What a person does in the gallery, for the grid, the commands and the bar of selected images alike. */
import i18next from 'i18next';
import type { Client } from '../../../shared/rpc/client.ts';
import type { BulkChange } from '../../queries/gallery.ts';
import { changeImages, leftOut, stepProject } from '../../queries/gallery.ts';
import type { ImageLists } from '../../queries/image-list.ts';
import { navigate } from '../../stores/session.ts';
import { numbersOf } from '../../ui/numbers.ts';
import { dismissToast, toast } from '../../ui/toasts.ts';
import { galleryPlace, setPlace } from './gallery-place.ts';
import type { GridActions } from './ImageGrid.tsx';
import { anchored, noSelection, rangeTo, selectAll, toggleOne, withRange } from './selection.ts';

export type BulkKind = 'submitted' | 'draft' | 'out' | 'back';
export interface GalleryActions extends GridActions {
  selectAll(): Promise<void>;
  /** On the selected images. */
  change(kind: BulkKind): Promise<void>;
  /** The selected images become gold, or are no longer. */
  setGold(gold: boolean): Promise<void>;
  step(way: 'undo' | 'redo', edits?: number): Promise<void>;
}

const changes: Record<BulkKind, BulkChange> = {
  submitted: { state: 'submitted' },
  draft: { state: 'draft' },
  out: { excluded: true },
  back: { excluded: false },
};
/** Shorter work says nothing: a flash of words would only disturb. */
const BUSY_AFTER_MS = 250;
const count = (value: number) => numbersOf(i18next.language).count(value);
/** Only the last change can be undone from its notice: an older notice would undo another one. */
let lastNotice = 0;
const notice = (...args: Parameters<typeof toast>) => {
  dismissToast(lastNotice);
  lastNotice = toast(...args);
};
/** Runs what may take long for many images; the bar says so once it does. */
async function busyWith<T>(words: string, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => setPlace({ busy: words }), BUSY_AFTER_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    setPlace({ busy: null });
  }
}
const selection = () => galleryPlace.getState().selection;

export function createGalleryActions(client: Client, lists: ImageLists, onError: (thrown: unknown) => void): GalleryActions {
  let lastRange = 0;
  const actions: GalleryActions = {
    focus: (index) => setPlace({ focusIndex: index, focusId: lists.current().get(index)?.id ?? null }),
    open(index) {
      const card = lists.current().get(index);
      if (!card) return;
      actions.focus(index);
      navigate({ screen: 'annotate', imageId: card.id });
    },
    toggle(index) {
      const card = lists.current().get(index);
      if (card) setPlace({ selection: toggleOne(selection(), card.id, index) });
    },
    clear() {
      lastRange++;
      if (selection().ids.size > 0 || selection().anchor !== null) setPlace({ selection: noSelection });
    },
    extend(from, to) {
      const start = anchored(selection(), from);
      setPlace({ selection: start });
      const { first, last } = rangeTo(start, to);
      const asked = ++lastRange;
      lists
        .ids(first, last)
        .then((ids) => {
          if (asked === lastRange) setPlace({ selection: withRange(selection(), ids) });
        })
        .catch(onError);
    },
    async selectAll() {
      const asked = ++lastRange;
      const { total, key } = await lists.settled();
      if (!total) return;
      const ids = await lists.ids(0, total - 1);
      if (asked === lastRange && lists.current().key === key) setPlace({ selection: selectAll(ids) });
    },
    async change(kind) {
      const ids = [...selection().ids];
      if (ids.length === 0) return;
      const result = await busyWith(i18next.t('gallery.changing', { count: ids.length, n: count(ids.length) }), () => changeImages(client, ids, changes[kind]));
      const { changed, edits } = result;
      const left = leftOut(result);
      setPlace({ selection: noSelection });
      if (changed === 0) return notice(left ? 'warn' : 'info', left ?? i18next.t('gallery.nothing-changed'));
      const undo = { text: i18next.t('gallery.undo'), run: () => void actions.step('undo', edits).catch(onError) };
      const done = i18next.t(`gallery.changed.${kind}`, { count: changed, n: count(changed) });
      // What has to be read to the end stays until it is closed.
      notice(left ? 'warn' : 'good', left ? `${done} ${left}` : done, { action: undo, sticky: left !== null });
    },
    async setGold(gold) {
      const imageIds = [...selection().ids];
      if (imageIds.length === 0) return;
      const { changed } = await client.call('agreement.gold', { imageIds, gold });
      setPlace({ selection: noSelection });
      if (changed === 0) return notice('warn', i18next.t('agreement.gold.none'));
      notice('good', i18next.t(gold ? 'agreement.gold.marked' : 'agreement.gold.unmarked', { count: changed, shown: count(changed) }));
    },
    async step(way, edits = 1) {
      const result = await busyWith(i18next.t(`gallery.${way}ing`), () => stepProject(client, way, edits));
      if (result.status === 'nothing') notice('info', i18next.t(`gallery.nothing-to-${way}`));
      else if (result.status === 'blocked') notice('warn', i18next.t('gallery.undo-blocked'));
      else {
        const images = result.status === 'bulk' ? result.images : result.docs.length;
        const done = way === 'undo' ? 'undone' : 'redone';
        notice('info', images > 1 ? i18next.t(`gallery.${done}-many`, { n: count(images) }) : i18next.t(`gallery.${done}`));
      }
    },
  };
  return actions;
}
