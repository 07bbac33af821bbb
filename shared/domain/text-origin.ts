/** How texts came to be: gathered by the editor only where the project says so, kept with each edit, and read off the log. */
import { z } from 'zod';
import { compareEvents, type EditEvent } from './events.ts';
import { idSchema, MAX_TEXT } from './model.ts';

/** `typed`: by keys, an input method, snippets and spelling suggestions. `draft`: a language model's words that a person took. */
export const textWays = ['typed', 'pasted', 'draft', 'spoken'] as const;
export type TextWay = (typeof textWays)[number];
const characters = z.int().min(0).max(MAX_TEXT);
/** Characters that came into each text with one edit, by the id of the caption or turn. */
export const textInputSchema = z.record(idSchema, z.strictObject({ typed: characters, pasted: characters, draft: characters, spoken: characters }));
export type TextInput = z.infer<typeof textInputSchema>;

/** How a text came to be, as far as it was gathered. */
export interface TextOrigin extends Readonly<Record<TextWay, number>> {
  /** Characters of the text as it stands of which nobody kept how they came. */
  readonly unknown: number;
  /** Time at work on it in milliseconds, and edits it took. */
  readonly activeMs: number;
  readonly edits: number;
}

interface Stretch {
  readonly way: TextWay | 'unknown';
  readonly length: number;
}
interface Trail {
  stretches: Stretch[];
  activeMs: number;
  edits: number;
}

/**
 * How each text of an image came to be: every character keeps the way in which it came, and one that was removed counts for nothing. Where one edit
 * holds several ways, its characters are shared out among them.
 */
export function originsOf(events: readonly EditEvent[]): Map<string, TextOrigin> {
  const trails = new Map<string, Trail>();
  for (const event of [...events].sort(compareEvents)) {
    const touched = new Set<string>();
    for (const op of event.ops) {
      if (op.op === 'add' && (op.kind === 'caption' || op.kind === 'turn')) {
        touched.add(op.row.id);
        trails.set(op.row.id, { ...(trails.get(op.row.id) ?? { activeMs: 0, edits: 0 }), stretches: waysOf(event, op.row.id, op.row.text.length) });
      } else if (op.op === 'text') {
        touched.add(op.id);
        const trail = trails.get(op.id) ?? { stretches: [], activeMs: 0, edits: 0 };
        trail.stretches = spliced(trail.stretches, op.at, op.del.length, waysOf(event, op.id, op.ins.length));
        trails.set(op.id, trail);
      }
    }
    for (const id of touched) {
      const trail = trails.get(id)!;
      trail.edits++;
      trail.activeMs += (event.activeMs ?? 0) / touched.size;
    }
  }
  return new Map([...trails].map(([id, trail]) => [id, summed(trail)]));
}

/** Stretches of so many new characters, by what the event says of them. */
function waysOf(event: EditEvent, id: string, length: number): Stretch[] {
  if (length === 0) return [];
  const said = event.textInput?.[id];
  const all = said ? textWays.reduce((sum, way) => sum + said[way], 0) : 0;
  if (!said || all === 0) return [{ way: 'unknown', length }];
  let left = length;
  const stretches = textWays.map((way): Stretch => {
    const share = Math.min(left, Math.round((length * said[way]) / all));
    left -= share;
    return { way, length: share };
  });
  // What rounding left over goes to the way with the most.
  const most = textWays.reduce((a, b) => (said[b] > said[a] ? b : a));
  return [...stretches, { way: most, length: left }].filter((stretch) => stretch.length > 0);
}

function spliced(stretches: readonly Stretch[], at: number, removed: number, added: readonly Stretch[]): Stretch[] {
  return [...cut(stretches, 0, at), ...added, ...cut(stretches, at + removed, Infinity)];
}
/** The part from one offset to another; what is missing before the first is unknown. */
function cut(stretches: readonly Stretch[], from: number, to: number): Stretch[] {
  let start = 0;
  const kept: Stretch[] = [];
  for (const { way, length } of stretches) {
    const within = Math.min(start + length, to) - Math.max(start, from);
    if (within > 0) kept.push({ way, length: within });
    start += length;
  }
  if (to !== Infinity && start < to) kept.push({ way: 'unknown', length: to - Math.max(start, from) });
  return kept;
}

function summed({ stretches, activeMs, edits }: Trail): TextOrigin {
  const of = (way: Stretch['way']) => stretches.reduce((sum, stretch) => sum + (stretch.way === way ? stretch.length : 0), 0);
  return { typed: of('typed'), pasted: of('pasted'), draft: of('draft'), spoken: of('spoken'), unknown: of('unknown'), activeMs: Math.round(activeMs), edits };
}

/** Whole percents of the known characters by way, those that are not there left out; null where nothing is known. They add up to 100. */
export function sharesOf(origin: TextOrigin): Partial<Record<TextWay, number>> | null {
  const known = textWays.reduce((sum, way) => sum + origin[way], 0);
  if (known === 0) return null;
  const parts = textWays.filter((way) => origin[way] > 0).map((way) => ({ way, exact: (origin[way] * 100) / known }));
  const floors = parts.map(({ exact }) => Math.floor(exact));
  let left = 100 - floors.reduce((sum, n) => sum + n, 0);
  // The largest remainders get what is left, as votes are turned into seats.
  for (const index of parts.map((_part, at) => at).sort((a, b) => (parts[b]!.exact % 1) - (parts[a]!.exact % 1))) if (left-- > 0) floors[index]!++;
  return Object.fromEntries(parts.map(({ way }, at) => [way, floors[at]!]));
}
