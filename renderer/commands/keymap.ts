/** Keys of a person's own: read from a key press, compared with what has them already. */
import type { Command, CommandSection } from './registry.ts';

/** The person's keys by command id; a command that is not in it has its own. An empty list: no key. */
export type Keymap = Readonly<Record<string, readonly string[]>>;
/** What is known of a command also while its screen is not open. */
export interface CommandFacts {
  readonly id: string;
  readonly title: Command['title'];
  readonly section: CommandSection;
  /** The keys it came with. */
  readonly keys: readonly string[];
  readonly inText: boolean;
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'>;
const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Fn', 'Dead', 'Process', 'Unidentified'];

/** The pressed keys as commands name them, or null while only a modifier is down or an input method has the key. */
export function keysOfPress(event: Press, mac = false): string | null {
  if (event.isComposing || event.keyCode === 229 || MODIFIERS.includes(event.key)) return null;
  const main = mac ? event.metaKey : event.ctrlKey;
  const modifiers = [
    ...(main ? ['$mod'] : []),
    ...(mac && event.ctrlKey ? ['Control'] : []),
    ...(!mac && event.metaKey ? ['Meta'] : []),
    ...(event.altKey ? ['Alt'] : []),
  ];
  const letter = [...event.key].length === 1;
  // With a modifier the place of the key counts, as Alt and other alphabets change the letter; without, what it writes.
  if (modifiers.length > 0) return [...modifiers, ...(event.shiftKey ? ['Shift'] : []), letter && event.code ? event.code : event.key].join('+');
  if (event.key === ' ') return event.shiftKey ? 'Shift+Space' : 'Space';
  if (!letter) return [...(event.shiftKey ? ['Shift'] : []), event.key].join('+');
  if (/^\p{L}$/u.test(event.key)) return event.shiftKey ? `Shift+${event.key.toLowerCase()}` : event.key.toLowerCase();
  return /^\d$/.test(event.key) ? event.key : `[Shift]+${event.key}`;
}

const NAMES: Readonly<Record<string, string>> = {
  comma: ',',
  period: '.',
  slash: '/',
  minus: '-',
  equal: '=',
  bracketleft: '[',
  bracketright: ']',
  backquote: '`',
  semicolon: ';',
  quote: "'",
  space: ' ',
};

/** One spelling for keys that are the same press: `$mod+KeyK` and `$mod+k`. */
export function sameSpelling(keys: string): string {
  const parts = keys.split(/(?<=\w|\])\+/);
  const key = (parts.pop() ?? '').toLowerCase().replace(/^(key|digit)(?=.$)/, '');
  const modifiers = parts.filter((part) => !part.startsWith('[')).map((part) => part.toLowerCase());
  return [...modifiers.sort(), NAMES[key] ?? key].join('+');
}

/** Which screen, and which tab of it, a section's commands are for; null is everywhere. */
const PLACES: Readonly<Record<CommandSection, readonly [screen: string | null, tab: string | null]>> = {
  app: [null, null],
  project: [null, null],
  gallery: ['gallery', null],
  review: ['quality', null],
  image: ['annotate', null],
  view: ['annotate', null],
  caption: ['annotate', 'caption'],
  questions: ['annotate', 'questions'],
  points: ['annotate', 'points'],
};

/** Whether two sections' keys can be meant at the same moment. */
export function meet(a: CommandSection, b: CommandSection): boolean {
  const [screenA, tabA] = PLACES[a];
  const [screenB, tabB] = PLACES[b];
  if (screenA !== null && screenB !== null && screenA !== screenB) return false;
  return tabA === null || tabB === null || tabA === tabB;
}

/** Keys of the text fields themselves: no command may take them away from where people write. */
const EDITING = [
  '$mod+c',
  '$mod+v',
  '$mod+x',
  '$mod+a',
  'enter',
  'backspace',
  'delete',
  'tab',
  'shift+tab',
  'arrowleft',
  'arrowright',
  'arrowup',
  'arrowdown',
  'home',
  'end',
];

export type Conflict = { readonly kind: 'command'; readonly command: CommandFacts } | { readonly kind: 'editing' };

/** What has this key already where the command is used; empty when it is free. */
export function conflictsOf(command: CommandFacts, keys: string, known: readonly CommandFacts[], keymap: Keymap): Conflict[] {
  const wanted = sameSpelling(keys);
  const editing = command.inText && EDITING.includes(wanted) ? [{ kind: 'editing' as const }] : [];
  const others = known.filter(
    (other) => other.id !== command.id && meet(other.section, command.section) && (keymap[other.id] ?? other.keys).some((one) => sameSpelling(one) === wanted),
  );
  return [...editing, ...others.map((other) => ({ kind: 'command' as const, command: other }))];
}

/** The keymap with this key for the command, taken away from those that had it. */
export function withKey(keymap: Keymap, command: CommandFacts, keys: string, losers: readonly CommandFacts[]): Keymap {
  const wanted = sameSpelling(keys);
  const next: Record<string, readonly string[]> = { ...keymap };
  for (const loser of losers) next[loser.id] = (keymap[loser.id] ?? loser.keys).filter((one) => sameSpelling(one) !== wanted);
  // The new key first, for the cap shows that one; what the command had beside its first key stays.
  const rest = (keymap[command.id] ?? command.keys).slice(1).filter((one) => sameSpelling(one) !== wanted);
  next[command.id] = [keys, ...rest];
  return next;
}
