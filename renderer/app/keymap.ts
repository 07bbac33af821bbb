/** The person's own keys, as the session has them, and the commands of screens that were not opened yet in this window. */
import { registry } from '../commands/registry.ts';
import type { CommandFacts } from '../commands/keymap.ts';
import { sessionStore } from '../stores/session.ts';

const NAME = 'pointillist.commands';
/** After a screen opened its commands come in several parts. */
const QUIET_MS = 1000;
let following = false;

/** Applies the keys now and whenever they change; once a window. */
export function followKeymap(): void {
  if (following) return;
  following = true;
  registry.recall(readCommands());
  registry.setKeymap(sessionStore.getState().keymap);
  sessionStore.subscribe((state, before) => {
    if (state.keymap !== before.keymap) registry.setKeymap(state.keymap);
  });
  let timer: ReturnType<typeof setTimeout> | null = null;
  let count = 0;
  registry.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null;
      const known = registry.known();
      if (known.length !== count) localStorage.setItem(NAME, JSON.stringify(known));
      count = known.length;
    }, QUIET_MS);
  });
}

function readCommands(): CommandFacts[] {
  try {
    const value = JSON.parse(localStorage.getItem(NAME) ?? '[]') as CommandFacts[];
    return value.filter((one) => typeof one.id === 'string' && typeof one.title === 'string' && Array.isArray(one.keys));
  } catch {
    return [];
  }
}
