/** The part of the door behind which machines propose: encoders, likeness, near-duplicates, text in images, tags and points. People decide elsewhere. */
import { z } from 'zod';
import type { ImageCard } from '../domain/image.ts';
import type { EncoderMeasure, IndexStatus, InstalledEncoder } from '../domain/encoder.ts';
import type { CatalogueEncoder } from '../domain/encoder-catalogue.ts';
import { encoderDescriptionSchema } from '../domain/encoder-presets.ts';
import type { FoundEncoder } from '../domain/found-encoder.ts';
import { idSchema } from '../domain/model.ts';
import type { ProposalReport } from '../domain/proposal-report.ts';
import { type AskResult, type ProposingEncoder, proposalMethods } from '../domain/proposal.ts';
import type { ImageReading, ReadingStatus } from '../domain/reading.ts';
import type { ImageTags } from '../domain/tags.ts';
import type { EvaluationPiece } from '../domain/evaluation.ts';
import { command, query, stream } from './method.ts';

const none = z.strictObject({});
const folder = z.string().min(1).max(4096);
const image = z.strictObject({ imageId: idSchema });
/** A part of an image in percent of the upright image. */
const cropSchema = z.strictObject({
  xPct: z.number().min(0).max(100),
  yPct: z.number().min(0).max(100),
  widthPct: z.number().min(0.1).max(100),
  heightPct: z.number().min(0.1).max(100),
});
export type RankResult =
  /** `indexed` of `total` images could be compared. */
  | {
      readonly status: 'ranked';
      readonly rankingId: string;
      readonly count: number;
      readonly ms: number;
      readonly encoder: string;
      readonly indexed: number;
      readonly total: number;
    }
  /** None is chosen for the project, or it is not installed here. */
  | { readonly status: 'no-encoder' }
  | { readonly status: 'not-indexed'; readonly encoder: string }
  /** The encoder knows no words. */
  | { readonly status: 'no-text'; readonly encoder: string };
/** A decision on near-duplicates that can be taken back. */
export interface NearStep {
  readonly num: number;
  readonly kind: 'parted' | 'joined';
  readonly at: number;
}
/** Near-duplicates, the image that stands for them in front. */
export interface NearGroup {
  readonly images: readonly (ImageCard & {
    /** How it differs from the first: bits of the perceptual hash, and whether it is a mirror image. */
    readonly bits: number;
    readonly mirrored: boolean;
    /**
     * Where hash and encoder tell different things of it and the first: `colours`, the same shapes for the hash, but less alike to the encoder; `edited`,
     * as alike as a copy to the encoder, but with another hash. Null where they agree or no encoder was asked.
     */
    readonly change: 'colours' | 'edited' | null;
  })[];
}

export const machineMethods = {
  /** Which encoder proposes points here, and whether this image is one on which proposals are never shown. */
  'proposals.about': query<{ encoder: ProposingEncoder | null; hidden: boolean }>()('annotate', image),
  /** Encodes the image ahead of need. Says whether it is ready. */
  'proposals.prepare': command<{ ready: boolean }>()('annotate', image),
  /**
   * Proposes points of a label, by what people placed and rejected so far. Everything from the threshold up (the suggested one where null) counts as shown
   * and is kept with its encoder and score.
   */
  'proposals.ask': command<AskResult>()(
    'annotate',
    z.strictObject({ imageId: idSchema, setId: idSchema, method: z.enum(proposalMethods), threshold: z.number().min(0).max(1).nullable() }),
  ),
  /** The slider was moved down: what of the ask is seen now counts as shown too. */
  'proposals.show': command<{ shown: number }>()('annotate', z.strictObject({ askId: idSchema, threshold: z.number().min(0).max(1) })),
  /** Clicks each of the project's own points by itself and counts what the encoder proposes: the named one, else the project's, else the first that can. */
  'proposals.evaluate': stream<EvaluationPiece>()('lead', z.strictObject({ encoderId: z.string().min(1).max(100).nullable().default(null) })),
  /** Rejects open proposals, or takes that back. They are accepted by an edit alone: a point that names its proposal. */
  'proposals.settle': command<{ settled: number }>()(
    'annotate',
    z.strictObject({ imageId: idSchema, proposalIds: z.array(idSchema).min(1).max(2000), verdict: z.enum(['rejected', 'open']) }),
  ),
  /** The encoders that are installed on the core's machine. */
  'encoders.list': query<InstalledEncoder[]>()('annotate', none),
  /** Encoders that are known to work, to choose from. */
  'encoders.catalogue': query<readonly CatalogueEncoder[]>()('annotate', none),
  /** What lies at a path: an encoder with its manifest, or a lone graph that needs a description. */
  'encoders.inspect': query<FoundEncoder>()('local', z.strictObject({ path: folder })),
  /** Copies an encoder into the library, once its files and graphs were checked. */
  'encoders.install': command<InstalledEncoder>()('local', z.strictObject({ path: folder, described: encoderDescriptionSchema.nullable() })),
  /** Starts a job that downloads an encoder from a hub's page, `owner/name` or a folder's address. The app connects to nothing before. */
  'encoders.download': command<{ jobId: string }>()(
    'local',
    z.strictObject({ address: z.string().trim().min(1).max(1000), variant: z.enum(['fp32', 'quantized']).nullable() }),
  ),
  /** Takes an encoder off this machine. What it proposed stays; a project that uses it stops using it. */
  'encoders.remove': command<{ removed: true }>()('local', z.strictObject({ id: z.string().min(1).max(100) })),
  /** Times it on the core's machine. */
  'encoders.measure': command<EncoderMeasure>()('local', z.strictObject({ id: z.string().min(1).max(100) })),
  /** Starts the job that indexes the project's images by its encoder, or answers with the one that runs. Cancel it to pause; resume to go on. */
  'encoders.index': command<{ jobId: string }>()('lead', none),
  'encoders.status': query<IndexStatus>()('annotate', none),

  /** Text that stands in the image: as it was read, or read now, which takes a second. */
  'reading.lines': query<ImageReading>()('annotate', image),
  /** Starts a job that reads all images that were not read, or answers with the one that runs. */
  'reading.start': command<{ jobId: string }>()('lead', none),
  'reading.status': query<ReadingStatus>()('annotate', none),

  /** Words that the project's encoder would give the image, the best first. */
  'tags.suggest': query<ImageTags>()('annotate', image),

  /** Puts the project's images in order by what its encoder sees. The ranking is named in a filter; some are kept, the others are gone (`ranking-gone`). */
  'similar.rank': command<RankResult>()(
    'annotate',
    z.strictObject({
      by: z.union([
        z.strictObject({ imageId: idSchema, crop: cropSchema.nullable().default(null) }),
        z.strictObject({ text: z.string().trim().min(1).max(500) }),
        z.strictObject({ order: z.enum(['outliers', 'different']) }),
      ]),
    }),
  ),

  /** Starts the job that finds near-duplicates, or answers with the one that runs. */
  'duplicates.find': command<{ jobId: string }>()('lead', none),
  /** Groups of near-duplicates as they were found last, without what is taken out of the work. `foundAt` null: never. */
  'duplicates.groups': query<{ total: number; foundAt: number | null; groups: NearGroup[]; last: NearStep | null }>()(
    'annotate',
    z.strictObject({ offset: z.int().nonnegative(), limit: z.int().min(1).max(200) }),
  ),
  /** Images of one part belong together, those of different parts do not, whatever is found later. */
  'duplicates.decide': command<{ at: number }>()('lead', z.strictObject({ parts: z.array(z.array(idSchema).min(1).max(200)).min(1).max(200) })),
  /** Takes back the last decision, whoever made it and whenever. Not where `step` is no longer the last. */
  'duplicates.undo': command<{ undone: boolean }>()('lead', z.strictObject({ step: z.int().nonnegative() })),
  /** What became of proposals in the whole project, by encoder and label. */
  'proposals.report': query<ProposalReport>()('lead', none),
} as const;
