/** The part of the door behind which people compare two texts at a time. */
import { z } from 'zod';
import { compareKinds, type CompareSource, type Comparison, outcomes, type ShownPair } from '../domain/compare/model.ts';
import type { CompareResults } from '../domain/compare/ratings.ts';
import { idSchema } from '../domain/model.ts';
import { releaseName } from '../domain/release.ts';
import { command, query } from './method.ts';

const kind = z.enum(compareKinds);
const comparison = z.strictObject({ comparisonId: idSchema });

/** What a file of a model's texts came to. */
export interface TakenTexts {
  readonly sources: readonly CompareSource[];
  readonly texts: number;
  /** Rows whose image this project has not, rows without a text or with one too long, rows for an image and question that came before. */
  readonly unknown: number;
  readonly unreadable: number;
  readonly twice: number;
}
export type ChooseResult =
  | { readonly status: 'chosen'; readonly choiceId: string }
  /** What is shown is no longer the next pair: another window chose meanwhile. Ask for the next one. */
  | { readonly status: 'stale' };
export interface NextPair {
  /** null: this person has seen all there is. */
  readonly pair: ShownPair | null;
  /** Choices of this person that stand. */
  readonly mine: number;
}

export const compareMethods = {
  'compare.sources': query<CompareSource[]>()('lead', z.strictObject({})),
  /** Takes in a JSONL or CSV file with an image (name, sha256 or id), a text, and where there are several a model, on each row. Kept apart from people's work. */
  'compare.importModel': command<TakenTexts>()('local', z.strictObject({ path: z.string().min(1).max(4096), kind })),
  /** Takes in what a person has written until now, or what a release holds. */
  'compare.takeWork': command<TakenTexts>()(
    'lead',
    z.strictObject({ kind, from: z.union([z.strictObject({ personId: idSchema }), z.strictObject({ release: releaseName })]) }),
  ),
  'compare.create': command<{ comparisonId: string }>()(
    'lead',
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      kind,
      sourceIds: z.array(idSchema).min(2).max(12),
      seed: z.int().min(0).max(0x7fff_ffff),
      repeatEvery: z.union([z.literal(0), z.int().min(2).max(1000)]),
    }),
  ),
  'compare.list': query<Comparison[]>()('annotate', z.strictObject({})),
  /** The pair that this person is shown next, without where its texts are from. */
  'compare.next': query<NextPair>()('annotate', comparison),
  'compare.choose': command<ChooseResult>()(
    'annotate',
    z.strictObject({
      comparisonId: idSchema,
      token: z.string().max(100),
      outcome: z.enum(outcomes),
      reason: z.string().trim().min(1).max(1000).nullable().default(null),
    }),
  ),
  /** Takes back this person's last choice. */
  'compare.undo': command<{ undone: boolean }>()('annotate', comparison),
  'compare.results': query<CompareResults>()('lead', comparison),
  /** All choices: as CSV, as JSONL with both texts, or as TRL's preference pairs (what was preferred against what was not; ties and bad pairs left out). */
  'compare.table': query<{ text: string; rows: number }>()('lead', z.strictObject({ comparisonId: idSchema, format: z.enum(['csv', 'jsonl', 'preferences']) })),
} as const;
