import type { RefObject } from 'react';
import type { Command } from '../../commands/registry.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import { type Player, speeds } from './player.ts';

/** Edits that a long step leaps over. */
const LEAP = 10;

/** Everything that can be done with the film. Nothing of it changes the image. */
export function filmCommands(player: Player, stage: RefObject<Stage | null>, open: () => void, leave: () => void): Command[] {
  const section = 'review' as const;
  const by = (events: number) => () => player.seek(player.store.getState().position + events);
  const faster = (step: 1 | -1) => () => {
    const next = speeds[speeds.indexOf(player.store.getState().speed) + step];
    if (next) player.setSpeed(next);
  };
  return [
    { id: 'film.play', title: 'film.play', short: 'film.play-short', section, keys: ['Space'], run: () => player.toggle() },
    { id: 'film.next', title: 'film.next', short: 'film.next-short', section, keys: ['ArrowRight'], repeat: true, run: by(1) },
    { id: 'film.previous', title: 'film.previous', short: 'film.previous-short', section, keys: ['ArrowLeft'], repeat: true, run: by(-1) },
    { id: 'film.leap', title: 'film.leap', section, keys: ['Shift+ArrowRight', 'PageDown'], repeat: true, run: by(LEAP) },
    { id: 'film.leap-back', title: 'film.leap-back', section, keys: ['Shift+ArrowLeft', 'PageUp'], repeat: true, run: by(-LEAP) },
    { id: 'film.first', title: 'film.first', section, keys: ['Home'], run: () => player.seek(0) },
    { id: 'film.last', title: 'film.last', section, keys: ['End'], run: () => player.seek(player.times.length) },
    { id: 'film.faster', title: 'film.faster', short: 'film.faster-short', section, keys: ['ArrowUp'], run: faster(1) },
    { id: 'film.slower', title: 'film.slower', section, keys: ['ArrowDown'], run: faster(-1) },
    { id: 'film.open', title: 'film.open', section, keys: ['Enter'], run: open },
    { id: 'film.leave', title: 'film.leave', short: 'film.leave-short', section, keys: ['Escape'], run: leave },
    { id: 'view.fit', title: 'annotate.command.fit', section: 'view', keys: ['f'], run: () => stage.current?.fit() },
    {
      id: 'view.zoom-in',
      title: 'annotate.command.zoom-in',
      section: 'view',
      keys: ['Equal', 'Shift+Equal', '+'],
      repeat: true,
      run: () => stage.current?.zoomBy(1.25),
    },
    { id: 'view.zoom-out', title: 'annotate.command.zoom-out', section: 'view', keys: ['Minus'], repeat: true, run: () => stage.current?.zoomBy(0.8) },
  ];
}
