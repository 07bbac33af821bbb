/** Where a person was on each image: tab, field, caret and scroll. A window that dies comes back there. */
import type { LoggedEvent } from '../../../shared/domain/events.ts';
import { type Tab, tabs } from './screen-state.ts';

export interface Place {
  readonly tab: Tab;
  /** The caption or turn that the caret was in, or null. */
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  /** Of the field, and of the panel around it. */
  readonly scroll: number;
  readonly panelScroll: number;
  readonly at: number;
}
export interface Places {
  note(imageId: string, place: Place): void;
  /** Where the window before this one was on the image; asked once an image. */
  take(imageId: string): Place | null;
}
const NAME = 'pointillist.places';
const MOST = 50;

export function createPlaces(storage: Pick<Storage, 'getItem' | 'setItem'>): Places {
  const before = new Map(read(storage.getItem(NAME)));
  const places = new Map(before);
  return {
    note(imageId, place) {
      before.delete(imageId);
      places.delete(imageId);
      places.set(imageId, place);
      if (places.size > MOST) places.delete(places.keys().next().value!);
      try {
        storage.setItem(NAME, JSON.stringify([...places]));
      } catch {
        // Full: nothing but the caret is lost by that.
      }
    },
    take(imageId) {
      const place = before.get(imageId) ?? null;
      before.delete(imageId);
      return place;
    },
  };
}

function read(text: string | null): [string, Place][] {
  try {
    const value = JSON.parse(text ?? '[]') as [string, Place][];
    return value.filter(([imageId, place]) => typeof imageId === 'string' && tabs.includes(place.tab) && typeof place.at === 'number');
  } catch {
    return [];
  }
}

/** Where the last edit of an image was: for a window whose own memory of it came too late. */
export function placeOfEvent(event: LoggedEvent | undefined): Place | null {
  const op = event?.ops.findLast((one) => one.kind !== 'status');
  if (!event || !op) return null;
  const none = { start: 0, end: 0, scroll: 0, panelScroll: 0, at: event.at };
  if (op.kind === 'point' || op.kind === 'pointSet') return { ...none, tab: 'points', field: null };
  const tab = op.kind === 'caption' ? 'caption' : 'questions';
  if (op.op === 'text') return { ...none, tab, field: op.id, start: op.at + op.ins.length, end: op.at + op.ins.length, scroll: Number.MAX_SAFE_INTEGER };
  const caret = op.op === 'add' && 'text' in op.row ? op.row.text.length : 0;
  return { ...none, tab, field: op.op === 'add' ? op.row.id : null, start: caret, end: caret };
}
