/** What is asked of agreement over a project, and what comes back. */
import { z } from 'zod';
import { idSchema } from '../model.ts';
import type { Estimate } from './bootstrap.ts';
import type { Drift } from './drift.ts';
import { DEFAULT_RADIUS_PCT } from './points.ts';
import { type AgreementFigure, groupings, measures } from './summary.ts';

/** Percent of the diagonal within which points can mean the same. */
const radiusPct = z.number().min(0.1).max(50).default(DEFAULT_RADIUS_PCT);
export const agreementAskSchema = z.strictObject({
  radiusPct,
  /** Of the intervals: the same seed, the same bytes. */
  seed: z.int().min(0).max(0x7fffffff).optional(),
});
export type AgreementAsk = z.infer<typeof agreementAskSchema>;

/** Names a figure, or a person's scores, whose images are wanted. */
export const agreementItemsSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('figure'), radiusPct, grouping: z.enum(groupings), key: z.string().max(400), measure: z.enum(measures) }),
  z.strictObject({
    what: z.enum(['peers', 'gold']),
    radiusPct,
    personId: idSchema,
    from: z.int().nonnegative().optional(),
    to: z.int().nonnegative().optional(),
  }),
]);
export type AgreementItems = z.infer<typeof agreementItemsSchema>;

export interface PersonAgreement {
  readonly personId: string;
  /** Mean score an image against others and against gold; null where there was nothing to compare. */
  readonly peers: Estimate | null;
  readonly gold: Estimate | null;
  readonly peersDrift: Omit<Drift, 'imageIds'>;
  readonly goldDrift: Omit<Drift, 'imageIds'>;
}
export interface AgreementOverview {
  readonly figures: readonly AgreementFigure[];
  readonly people: readonly PersonAgreement[];
  /** Images on which anything could be compared. */
  readonly images: number;
  readonly goldImages: number;
  readonly radiusPct: number;
  /** The encoder that compared the meanings of captions; null where the project has none that reads text. */
  readonly textEncoder: string | null;
}
/** How far it is, then the figures. */
export type AgreementPiece = { readonly done: number; readonly total: number } | { readonly result: AgreementOverview };
