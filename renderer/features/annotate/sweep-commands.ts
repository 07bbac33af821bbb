/** Keys of the sweep and of the loupe. */
import type { RefObject } from 'react';
import type { Stage } from '../../canvas/stage-api.ts';
import type { Command } from '../../commands/registry.ts';
import type { Editor } from '../../stores/editor.ts';
import { sessionStore } from '../../stores/session.ts';
import { moveCell, startSweep, stopSweep, sweepOn, sweptSet } from './sweep-actions.ts';
import { activeSet, screenStore } from './screen-state.ts';

export interface SweepContext {
  readonly editor: Editor;
  readonly stage: RefObject<Stage | null>;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: () => { readonly widthPx: number; readonly heightPx: number } | null;
  /** The last cell was looked at. */
  finished(result: { readonly total: number; readonly found: number; readonly label: string }): void;
}

export function sweepCommands({ editor, stage, box, size, finished }: SweepContext): Command[] {
  const ready = () => editor.store.getState().status === 'ready';
  const sweeping = () => ready() && screenStore.getState().sweep !== null;
  const move = (key: string, dx: number, dy: number): Command => ({
    id: `sweep.${key.slice(5).toLowerCase()}`,
    title: 'sweep.command.move',
    section: 'points',
    keys: [key],
    repeat: true,
    hidden: true,
    // Selected points are moved by the arrow keys, also during a sweep.
    enabled: () => sweeping() && document.activeElement === box.current && screenStore.getState().selection.length === 0,
    run: () => moveCell(dx, dy, stage.current?.camera.rotation ?? 0),
  });
  return [
    {
      id: 'sweep.toggle',
      title: 'sweep.command.toggle',
      short: 'sweep.command.toggle-short',
      section: 'points',
      keys: ['g'],
      enabled: ready,
      run: () => {
        const { doc } = editor.store.getState();
        const under = sweptSet(doc);
        if (under && under === activeSet(doc, screenStore.getState().activeLabel)) stopSweep();
        else startSweep(editor, size(), box.current);
      },
    },
    {
      id: 'sweep.next',
      title: 'sweep.command.next',
      short: 'sweep.command.next-short',
      section: 'points',
      keys: ['Space', 'Enter'],
      repeat: false,
      enabled: sweeping,
      run: () => {
        const result = sweepOn(editor);
        if (result) finished(result);
        box.current?.focus();
      },
    },
    move('ArrowLeft', -1, 0),
    move('ArrowRight', 1, 0),
    move('ArrowUp', 0, -1),
    move('ArrowDown', 0, 1),
    {
      id: 'view.loupe',
      title: 'sweep.command.loupe',
      short: 'sweep.command.loupe-short',
      section: 'view',
      keys: ['z'],
      run: toggleLoupe,
    },
  ];
}

/** Held this long, the key shows the loupe only until it is let go, whichever key it is. */
const HELD_MS = 350;
let pressed: number | null = null;

function toggleLoupe(): void {
  pressed = performance.now();
  sessionStore.getState().set({ loupe: !sessionStore.getState().loupe });
}

/** Keeps the loupe as the session says, and takes it away again when its key was held. Returns what ends that. */
export function followLoupe(stage: Stage): () => void {
  const show = () => stage.setLoupe(sessionStore.getState().loupe);
  const up = () => {
    const held = pressed !== null && performance.now() - pressed > HELD_MS;
    pressed = null;
    if (held) sessionStore.getState().set({ loupe: !sessionStore.getState().loupe });
  };
  show();
  window.addEventListener('keyup', up, { capture: true });
  const stop = sessionStore.subscribe((state, before) => {
    if (state.loupe !== before.loupe) show();
  });
  return () => {
    window.removeEventListener('keyup', up, { capture: true });
    stop();
  };
}
