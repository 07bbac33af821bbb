/** The part of the door behind which the rules are: what they find, where, and what a fix of all would do. Findings are dismissed by an edit, as all people's work. */
import { z } from 'zod';
import { imageFilterSchema } from '../domain/image.ts';
import type { FixedText } from '../domain/lint/fixed-texts.ts';
import { type LintContext, type LintFinding, ruleCode } from '../domain/lint/rule.ts';
import type { LintSummary } from '../domain/lint/summary.ts';
import { idSchema, imageStates } from '../domain/model.ts';
import type { TextOrigin } from '../domain/text-origin.ts';
import { command, query } from './method.ts';

const image = z.strictObject({ imageId: idSchema });
const ofCode = z.strictObject({ code: ruleCode, filter: imageFilterSchema.prefault({}) });
/** A context as it travels: maps and sets are lists. `contextOf` makes one of it. */
export type SentContext = Omit<LintContext, 'commonOpenings' | 'origins'> & {
  readonly commonOpenings: readonly string[];
  readonly origins: Readonly<Record<string, TextOrigin>>;
};

export const lintMethods = {
  /** What rules are told of an image beside its document, so that a window can ask them while somebody writes. Of others' texts only leads are told how they came. */
  'lint.context': query<SentContext>()('annotate', image),
  /** Counts by rule, and dismissals by reason and person. */
  'lint.summary': query<LintSummary>()('annotate', z.strictObject({})),
  /** A window of the findings of one rule, or of all, with the images they are on. */
  'lint.findings': query<{
    total: number;
    findings: readonly { readonly imageId: string; readonly name: string; readonly dismissed: boolean; readonly finding: LintFinding }[];
  }>()('annotate', z.strictObject({ code: ruleCode.nullable().default(null), offset: z.int().nonnegative(), limit: z.int().min(1).max(1000) })),
  /** How many images in these states findings hold back from exports, and how many open findings there are on images in these states. */
  'lint.exportHeld': query<{ images: number; open: number }>()('annotate', z.strictObject({ states: z.array(z.enum(imageStates)) })),
  /** Starts the job that looks at all images that were not looked at as they are, or answers with the one that runs. `files`: at the files on the disk too. */
  'lint.run': command<{ jobId: string }>()('annotate', z.strictObject({ files: z.boolean().default(false) })),
  /** What a fix of every finding of a rule in this filter would do. Nothing is written. */
  'lint.previewFix': query<{ images: number; examples: readonly { imageId: string; name: string; texts: readonly FixedText[] }[] }>()('lead', ofCode),
  /** Fixes them as one edit, which one undo in the gallery takes back. */
  'lint.fix': command<{ changed: number; at: number }>()('lead', ofCode),
} as const;
