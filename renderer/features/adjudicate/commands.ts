import type { RefObject } from 'react';
import type { Take } from '../../../shared/domain/adjudication.ts';
import type { Command } from '../../commands/registry.ts';

export interface AdjudicateActions {
  take(take: Take): void;
  edit(): void;
  save(): void;
  go(step: 1 | -1, openOnly: boolean): void;
  undo(): Promise<void>;
  say(kind: 'return' | 'comment'): void;
  remove(): void;
  stop(): void;
  blind(): void;
}

/** Everything that can be done on the screen. While something is written or pointed at, the keys that settle are still. */
export function adjudicateCommands(actions: RefObject<AdjudicateActions>, editing: boolean, pointsSelected: boolean): Command[] {
  const now = () => actions.current;
  const still = () => !editing;
  const section = 'review' as const;
  return [
    { id: 'adjudicate.take-a', title: 'adjudicate.take-a', section, keys: ['1'], enabled: still, run: () => now().take('a') },
    { id: 'adjudicate.take-b', title: 'adjudicate.take-b', section, keys: ['2'], enabled: still, run: () => now().take('b') },
    { id: 'adjudicate.both', title: 'adjudicate.both', section, keys: ['3'], enabled: still, run: () => now().take('both') },
    { id: 'adjudicate.edit', title: 'adjudicate.edit', section, keys: ['e'], enabled: still, run: () => now().edit() },
    { id: 'adjudicate.save', title: 'adjudicate.save', section, keys: ['$mod+Enter'], inText: true, enabled: () => editing, run: () => now().save() },
    { id: 'adjudicate.return', title: 'adjudicate.return', section, keys: ['r'], enabled: still, run: () => now().say('return') },
    {
      id: 'adjudicate.comment',
      title: 'adjudicate.comment',
      short: 'adjudicate.comment-short',
      section,
      keys: ['c'],
      enabled: still,
      run: () => now().say('comment'),
    },
    { id: 'adjudicate.next', title: 'adjudicate.next', section, keys: ['n', 'ArrowRight'], enabled: still, run: () => now().go(1, false) },
    { id: 'adjudicate.previous', title: 'adjudicate.previous', section, keys: ['p', 'ArrowLeft'], enabled: still, run: () => now().go(-1, false) },
    { id: 'adjudicate.undo', title: 'adjudicate.undo', section, keys: ['$mod+KeyZ'], enabled: still, run: () => now().undo() },
    {
      id: 'adjudicate.remove-points',
      title: 'adjudicate.remove-points',
      section,
      keys: ['Delete', 'Backspace'],
      enabled: () => pointsSelected,
      run: () => now().remove(),
    },
    { id: 'adjudicate.names', title: 'adjudicate.names', section, run: () => now().blind() },
    { id: 'adjudicate.leave', title: 'adjudicate.leave', section, keys: ['Escape'], inText: true, run: () => now().stop() },
  ];
}
