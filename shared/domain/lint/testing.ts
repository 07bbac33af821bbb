/** Documents and contexts for tests of rules. */
import { addCaption, addPoint, addPointSet, addThread } from '../authoring.ts';
import { type Doc, emptyDoc } from '../model.ts';
import { applyOps, type Op } from '../ops.ts';
import { newId } from '../ids.ts';
import { defaultLintSettings, type LintContext } from './rule.ts';

export const ADA = '01890000-0000-7000-8000-0000000000aa';
export const BEN = '01890000-0000-7000-8000-0000000000bb';
const IMAGE = '01890000-0000-7000-8000-000000000001';

export interface Written {
  readonly captions?: readonly string[];
  readonly questions?: readonly (readonly [question: string, answer: string])[];
  /** Points in percent; `null` says that the label is not in the image. */
  readonly labels?: Readonly<Record<string, readonly (readonly [number, number])[] | null>>;
  readonly method?: 'pointing' | 'counting';
  readonly by?: string;
}

/** A document with this work, on top of another where one is given. */
export function written({ captions = [], questions = [], labels = {}, method = 'pointing', by = ADA }: Written, doc: Doc = emptyDoc(IMAGE)): Doc {
  const ops: Op[] = [...captions.flatMap((text) => addCaption(by, text)), ...questions.flatMap(([question, answer]) => addThread(by, question, answer))];
  for (const [label, points] of Object.entries(labels)) {
    const id = newId();
    const [set] = addPointSet(by, 'x', points === null ? 'absent' : 'present', id) as [Extract<Op, { op: 'add'; kind: 'pointSet' }>];
    ops.push({ ...set, row: { ...set.row, label, method } });
    for (const [x, y] of points ?? []) ops.push(...addPoint(doc, id, x, y));
  }
  return applyOps(doc, ops).doc;
}

/** So many points in a row, as far apart as they get, in the left, the right or all of the picture. */
export const spots = (count: number, from = 10, to = 90): [number, number][] =>
  Array.from({ length: count }, (_, at) => [from + ((to - from) * at) / Math.max(1, count - 1), 20 + ((at * 37) % 60)]);

/** A context in which nothing is known that lets a rule fire. */
export const context = (known: Partial<LintContext> = {}): LintContext => ({
  settings: defaultLintSettings,
  languages: [],
  image: { widthPx: 1000, heightPx: 800, orientation: 1, format: 'jpeg', needsRendition: false, file: 'there' },
  nearInOtherSplit: [],
  yesShare: null,
  commonOpenings: new Set(),
  origins: new Map(),
  ...known,
});
