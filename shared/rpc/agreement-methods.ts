/** The part of the door behind which agreement, gold images, lots and the queues of review lie. */
import { z } from 'zod';
import { aqls, inspectionLevels } from '../domain/agreement/acceptance.ts';
import { type AcceptanceLot, type RiskItem, type SettleItem } from '../domain/agreement/queues.ts';
import { agreementAskSchema, agreementItemsSchema, type AgreementPiece } from '../domain/agreement/overview.ts';
import { idSchema } from '../domain/model.ts';
import { command, query, stream } from './method.ts';

const none = z.strictObject({});
export const agreementMethods = {
  /** All figures of agreement with their intervals: how far it is, then the figures. Only what changed since the last time is worked out. */
  'agreement.overview': stream<AgreementPiece>()('lead', agreementAskSchema),
  /** Keeps the list of the images behind a figure, the least agreement first. It is named in a filter, like a ranking by likeness. */
  'agreement.items': command<{ rankingId: string; count: number }>()('lead', z.strictObject({ wanted: agreementItemsSchema })),
  /** Images on which two people's work was not settled, the most disagreement first. `total` is all of them, also beyond those listed. */
  'agreement.disputes': query<{ total: number; items: SettleItem[] }>()('lead', agreementAskSchema.pick({ radiusPct: true })),
  /** Submitted images by how much a reviewer should look at them, with each reason. The whole order is kept as a list that a filter can name. */
  'agreement.queue': command<{ rankingId: string; total: number; items: RiskItem[] }>()('lead', none),
  /** Marks images as gold with what stands there now as the reference, or takes that back. `changed`: those that had something to be held against. */
  'agreement.gold': command<{ changed: number }>()('lead', z.strictObject({ imageIds: z.array(idSchema).min(1).max(10_000), gold: z.boolean() })),
  'agreement.goldImages': query<{ imageIds: string[] }>()('lead', none),
  /** Makes a lot of the submitted images (of one person) and draws its sample. */
  'agreement.newLot': command<AcceptanceLot>()(
    'lead',
    z.strictObject({
      level: z.enum(inspectionLevels),
      aql: z.union(aqls.map((aql) => z.literal(aql))),
      personId: idSchema.nullable(),
      seed: z.int().min(0).max(0x7fffffff).optional(),
    }),
  ),
  /** Lots with how far their samples were looked at, the newest first. */
  'agreement.lots': query<AcceptanceLot[]>()('lead', none),
  /** Keeps the list of a lot's sample, or of the whole lot. */
  'agreement.lotItems': command<{ rankingId: string; imageIds: string[] }>()(
    'lead',
    z.strictObject({ lotId: idSchema, part: z.enum(['sample', 'rest', 'wrong']) }),
  ),
} as const;
