/** The gallery's commands; palette, keyboard, foot line, menu and the bar of selected images all run these. */
import { useCommands } from '../../commands/registry.ts';
import type { ImageLists } from '../../queries/image-list.ts';
import { sessionStore } from '../../stores/session.ts';
import { cleared, isFiltered } from './filter.ts';
import type { BulkKind, GalleryActions } from './gallery-actions.ts';
import { galleryPlace } from './gallery-place.ts';
import { SEARCH_ID } from './SearchField.tsx';

export const CARD_SIZES = { least: 140, most: 420, step: 20 } as const;
/** Of the foot line, while nothing is selected and while something is. */
export const footCommands = ['gallery.open', 'gallery.select', 'similar.like', 'gallery.search'] as const;
export const footWhileSelecting = ['gallery.select', 'gallery.select-all', 'gallery.deselect'] as const;
export const bulkCommands = ['gallery.submit', 'gallery.draft', 'gallery.take-out', 'gallery.put-back'] as const;

const focused = () => galleryPlace.getState().focusIndex;
const idle = () => galleryPlace.getState().busy === null;
const selecting = () => idle() && galleryPlace.getState().selection.ids.size > 0;
const resize = (way: 1 | -1) => {
  const { cardSize, set } = sessionStore.getState();
  set({ cardSize: Math.min(CARD_SIZES.most, Math.max(CARD_SIZES.least, cardSize + way * CARD_SIZES.step)) });
};

export function useGalleryCommands(actions: GalleryActions, lists: ImageLists): void {
  const any = () => (lists.current().total ?? 0) > 0;
  const bulk = (kind: BulkKind) => ({ enabled: selecting, run: () => actions.change(kind) });
  useCommands(
    [
      {
        id: 'gallery.open',
        title: 'gallery.command.open',
        short: 'gallery.command.open-short',
        section: 'gallery',
        keys: ['Enter'],
        enabled: any,
        run: () => actions.open(focused()),
      },
      {
        id: 'gallery.select',
        title: 'gallery.command.select',
        short: 'gallery.command.select-short',
        section: 'gallery',
        keys: ['x'],
        enabled: any,
        run: () => actions.toggle(focused()),
      },
      {
        id: 'gallery.select-all',
        title: 'gallery.command.select-all',
        short: 'gallery.command.select-all-short',
        section: 'gallery',
        keys: ['$mod+a'],
        enabled: any,
        run: () => actions.selectAll(),
      },
      {
        id: 'gallery.deselect',
        title: 'gallery.command.deselect',
        short: 'gallery.command.deselect-short',
        section: 'gallery',
        keys: ['Escape'],
        enabled: selecting,
        run: () => actions.clear(),
      },
      {
        id: 'gallery.search',
        title: 'gallery.command.search',
        short: 'gallery.command.search-short',
        section: 'gallery',
        keys: ['/'],
        run: () => {
          const field = document.getElementById(SEARCH_ID) as HTMLInputElement | null;
          field?.focus();
          field?.select();
        },
      },
      {
        id: 'gallery.clear-filters',
        title: 'gallery.command.clear-filters',
        section: 'gallery',
        keys: ['$mod+Backspace'],
        enabled: () => isFiltered(sessionStore.getState().filter),
        run: () => sessionStore.getState().set({ filter: cleared(sessionStore.getState().filter) }),
      },
      { id: 'gallery.submit', title: 'gallery.command.submit', short: 'gallery.command.submit-short', section: 'gallery', keys: ['s'], ...bulk('submitted') },
      { id: 'gallery.draft', title: 'gallery.command.draft', short: 'gallery.command.draft-short', section: 'gallery', keys: ['d'], ...bulk('draft') },
      {
        id: 'gallery.take-out',
        title: 'gallery.command.take-out',
        short: 'gallery.command.take-out-short',
        section: 'gallery',
        keys: ['Delete'],
        ...bulk('out'),
      },
      { id: 'gallery.put-back', title: 'gallery.command.put-back', short: 'gallery.command.put-back-short', section: 'gallery', keys: ['b'], ...bulk('back') },
      { id: 'gallery.gold', title: 'agreement.gold.mark', section: 'gallery', enabled: selecting, run: () => actions.setGold(true) },
      { id: 'gallery.not-gold', title: 'agreement.gold.unmark', section: 'gallery', enabled: selecting, run: () => actions.setGold(false) },
      { id: 'gallery.larger', title: 'gallery.command.larger', section: 'gallery', keys: ['+', '='], repeat: true, run: () => resize(1) },
      { id: 'gallery.smaller', title: 'gallery.command.smaller', section: 'gallery', keys: ['-'], repeat: true, run: () => resize(-1) },
      { id: 'edit.undo', title: 'gallery.command.undo', section: 'gallery', keys: ['$mod+z'], enabled: idle, run: () => actions.step('undo') },
      { id: 'edit.redo', title: 'gallery.command.redo', section: 'gallery', keys: ['$mod+Shift+z', '$mod+y'], enabled: idle, run: () => actions.step('redo') },
    ],
    [actions, lists],
  );
}
