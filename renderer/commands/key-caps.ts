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
  // Equal is the plus key by its place, which writes the plus with Shift on most keyboards.
  const printed = /^[^\w\s]$/.test(key) || key === 'Equal';
  const modifiers = parts.filter((part) => !(printed && part === 'Shift'));
  const name = (part: string) => {
    const plain = part.replace(/^(Key|Digit|Numpad)(?=.)/, '');
    return (mac ? MAC[plain] : PC[plain]) ?? BOTH[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain);
  };
  return [...modifiers, key].map(name).join(mac ? '' : ' ');
}

/** The caps of a command, each once: a key may be meant by its place and by its sign. */
export const capsOf = (keys: readonly string[]): string[] => [...new Set(keys.map((one) => keyCap(one)))];

/** A character of its own, by its name or by its place on the keyboard, with nothing but Shift: a text field takes it. */
const WRITES = /^(?:\[?Shift\]?\+)?(?:.|(?:Key|Digit|Numpad).|Space|Equal|Minus|Comma|Period|Slash|Backquote|Bracket\w+)$/;

/** The first of a command's keys that works while a text field has the focus. */
export const keyInText = ({ keys = [], inText = false }: { readonly keys?: readonly string[]; readonly inText?: boolean }): string | undefined =>
  inText ? keys.find((one) => !WRITES.test(one)) : undefined;

/** For aria-keyshortcuts. */
export const ariaKeys = (keys: string): string => keys.replace('$mod', isMac ? 'Meta' : 'Control').replace(/(Key|Digit)(?=.$)/, '');

const isMac = typeof navigator !== 'undefined' && /Mac|iPod|iPhone|iPad/.test(navigator.platform);
