import { useEffect, useState } from 'react';
import { selectionIn } from './answer-dom.ts';
import { useAnnotate, useEditor } from './context.ts';
import { createPlaces, type Place, placeOfEvent } from './places.ts';
import { screenStore, setScreen } from './screen-state.ts';

/** Often enough that half a second is lost at most, rarely enough that typing does not feel it. */
const NOTE_MS = 150;
const places = createPlaces(localStorage);
/** An edit later than the place that was noted: the window died before it could note more. */
const LATE_MS = 400;
/** Only the first image of a window is gone to where the person was in the window before. */
let first = true;

const panelOf = (element: Element | null) => element?.closest('[role="tabpanel"]') ?? document.querySelector('[data-annotate-panel] [role="tabpanel"]');

/** Notes where the person is on the image, and goes there again in the first moment after a start. */
export function usePlace(imageId: string): void {
  const { editor, host, fields } = useAnnotate();
  const ready = useEditor((state) => state.status === 'ready' && state.imageId === imageId);
  const [restored, setRestored] = useState(!first);
  useEffect(() => {
    if (!ready || !first) return;
    first = false;
    // Who pressed a key or a button meanwhile is somewhere already, and is not taken away from there.
    let acted = false;
    const act = () => void (acted = true);
    for (const event of ['keydown', 'pointerdown']) window.addEventListener(event, act, true);
    void findPlace(imageId, async () => (await host.client.call('edits.history', { imageId, limit: 1 }))[0])
      .then((place) => {
        if (!place || acted || editor.store.getState().imageId !== imageId) return;
        setScreen({ tab: place.tab });
        const { doc } = editor.store.getState();
        const { field } = place;
        if (field !== null && [...doc.caption, ...doc.turn].some((row) => row.id === field)) {
          fields.focus(field, place.end);
          requestAnimationFrame(() => settle(field, place));
        }
      })
      .finally(() => {
        for (const event of ['keydown', 'pointerdown']) window.removeEventListener(event, act, true);
        setRestored(true);
      });
  }, [ready, imageId, editor, host, fields]);
  useEffect(() => {
    if (!ready || !restored) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const note = () => {
      timer = null;
      const at = document.activeElement;
      const element = at instanceof HTMLElement && at.dataset['row'] !== undefined ? at : null;
      const field = element?.dataset['row'] ?? null;
      // An answer is no text area: points stand in it.
      const caret =
        element instanceof HTMLTextAreaElement
          ? { start: element.selectionStart, end: element.selectionEnd }
          : ((element && selectionIn(element)) ?? { start: 0, end: 0 });
      const { tab } = screenStore.getState();
      const place = { tab, field, ...caret, scroll: element?.scrollTop ?? 0 };
      places.note(imageId, { ...place, panelScroll: panelOf(at)?.scrollTop ?? 0, at: Date.now() });
    };
    const soon = () => {
      timer ??= setTimeout(note, NOTE_MS);
    };
    const events = ['selectionchange', 'focusin', 'scroll', 'input'] as const;
    for (const event of events) document.addEventListener(event, soon, true);
    const stop = screenStore.subscribe((state, before) => {
      if (state.tab !== before.tab) soon();
    });
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const event of events) document.removeEventListener(event, soon, true);
      stop();
    };
  }, [ready, restored, imageId]);
}

async function findPlace(imageId: string, lastEvent: () => Promise<Parameters<typeof placeOfEvent>[0]>): Promise<Place | null> {
  const noted = places.take(imageId);
  const edited = placeOfEvent(await lastEvent().catch(() => undefined));
  return edited && (!noted || edited.at > noted.at + LATE_MS) ? edited : noted;
}

function settle(field: string, { start, end, scroll, panelScroll }: Place): void {
  const area = document.querySelector<HTMLElement>(`[data-work] [data-row="${field}"]`);
  if (!area) return;
  if (area instanceof HTMLTextAreaElement) area.setSelectionRange(start, end);
  area.scrollTop = scroll;
  panelOf(area)?.scrollTo({ top: panelScroll });
}
