/** The key cap of a command. */
import type { ReactElement } from 'react';
import { Kbd } from '../ui/Kbd.tsx';
import { keyCap, keyInText } from './key-caps.ts';
import { useCommand } from './registry.ts';
import { useWriting } from './text-focus.ts';

/**
 * Nothing where the command has no key. While somebody writes it is the key that works there; one that would write a letter instead is drawn hollow.
 * Screen readers hear the key from the control itself.
 */
export function Keys({ of, onAccent = false }: { of: string; onAccent?: boolean }): ReactElement | null {
  const command = useCommand(of);
  const first = command?.keys?.[0];
  const works = useWriting((writing) => (writing && command ? keyInText(command) : first));
  const keys = works ?? first;
  return keys ? (
    <Kbd onAccent={onAccent} idle={works === undefined}>
      {keyCap(keys)}
    </Kbd>
  ) : null;
}
