/** The key cap of a command. */
import type { ReactElement } from 'react';
import { Kbd } from '../ui/Kbd.tsx';
import { keyCap } from './key-caps.ts';
import { useCommand } from './registry.ts';

/** Nothing where the command has no key. Screen readers hear the key from the control itself. */
export function Keys({ of, onAccent = false }: { of: string; onAccent?: boolean }): ReactElement | null {
  const keys = useCommand(of)?.keys?.[0];
  return keys ? <Kbd onAccent={onAccent}>{keyCap(keys)}</Kbd> : null;
}
