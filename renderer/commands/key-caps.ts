/** How keys are written for people, on this machine. */
const MAC: Readonly<Record<string, string>> = { $mod: '⌘', Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↩', Backspace: '⌫', Delete: '⌦' };
const PC: Readonly<Record<string, string>> = { $mod: 'Ctrl', Meta: 'Win', Control: 'Ctrl' };
const BOTH: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Delete: 'Del',
  Equal: '+',
  Minus: '-',
  Comma: ',',
  Period: '.',
  Slash: '/',
  BracketLeft: '[',
  BracketRight: ']',
  Backquote: '`',
  ' ': 'Space',
};

/** `$mod+KeyK` as `Ctrl K`, or `⌘K` on a Mac. `Shift+?` is `?`: the cap shows what is printed on the key. */
export function keyCap(keys: string, mac: boolean = isMac): string {
  const parts = keys.split(/(?<=\w|\])\+/).filter((part) => !part.startsWith('['));
  const key = parts.pop() ?? '';
  const printed = /^[^\w\s]$/.test(key);
  const modifiers = parts.filter((part) => !(printed && part === 'Shift'));
  const name = (part: string) => {
    const plain = part.replace(/^(Key|Digit|Numpad)(?=.)/, '');
    return (mac ? MAC[plain] : PC[plain]) ?? BOTH[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain);
  };
  return [...modifiers, key].map(name).join(mac ? '' : ' ');
}

/** For aria-keyshortcuts. */
export const ariaKeys = (keys: string): string => keys.replace('$mod', isMac ? 'Meta' : 'Control').replace(/(Key|Digit)(?=.$)/, '');

const isMac = typeof navigator !== 'undefined' && /Mac|iPod|iPhone|iPad/.test(navigator.platform);
