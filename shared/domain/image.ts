/** An image of the project, as every screen and export knows it. Its identity is the sha256 of its bytes; where the file lies is a hint. */
import { z } from 'zod';
import { ruleCode } from './lint/rule.ts';
import { idSchema, imageStates, type ImageState } from './model.ts';

export const imageFormats = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif', 'heic'] as const;
export type ImageFormat = (typeof imageFormats)[number];

export interface ImageRecord {
  readonly id: string;
  /** Name shown to people: the path below the folder it was imported from, with forward slashes. Never a path of the machine. */
  readonly name: string;
  /** Lower-case hex of the file's bytes. */
  readonly sha256: string;
  readonly format: ImageFormat;
  /** Size of the upright image, EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** EXIF orientation 1 to 8 of the file; 1 where it has none. */
  readonly orientation: number;
  readonly sizeBytes: number;
  /** 64-bit perceptual hash, 16 hex digits. */
  readonly phash: string;
  /** When the photo was taken by its EXIF, in milliseconds since 1970, read as if in UTC (cameras write no zone); null without. */
  readonly takenAt: number | null;
  readonly camera: string | null;
  readonly addedAt: number;
  /** The file was not where it should be, or held other bytes, when it was last looked for. */
  readonly missing: boolean;
}

/** A card of the gallery: the image and how far its work is. */
export interface ImageCard extends ImageRecord {
  readonly state: ImageState;
  readonly excluded: boolean;
  /** Why a person passed it over for now; null where nobody did. */
  readonly skipped: string | null;
  readonly captionCount: number;
  /** Words of all captions together (CJK: characters). */
  readonly captionWords: number;
  readonly questionCount: number;
  readonly pointCount: number;
  /** When somebody last worked on it, or null. */
  readonly editedAt: number | null;
  /** The words that were searched stand in the picture itself, and nobody wrote them. */
  readonly inPicture?: true;
  /** In a list that is ranked by likeness: how like it is to what is looked for, or to its nearest (a cosine). */
  readonly similarity?: number;
}

export const imageFilterSchema = z.strictObject({
  /** What people wrote, searched as they type: every word must occur, the last one may be unfinished. */
  text: z.string().max(500).default(''),
  states: z.array(z.enum(imageStates)).default([]),
  has: z.array(z.enum(['caption', 'answer', 'points'])).default([]),
  lacks: z.array(z.enum(['caption', 'answer', 'points'])).default([]),
  label: z.string().max(200).nullable().default(null),
  personId: idSchema.nullable().default(null),
  /** Only images that were given to this person to annotate. */
  assignedTo: idSchema.nullable().default(null),
  /** Only images that were returned for this reason. */
  returnReason: z.string().max(60).nullable().default(null),
  /** Only images on which this rule found something that nobody dismissed. */
  finding: ruleCode.nullable().default(null),
  /** `only`: images taken out of the work. */
  excluded: z.enum(['hide', 'only']).default('hide'),
  missing: z.boolean().default(false),
  /** Only images that were passed over with a reason. */
  skipped: z.boolean().default(false),
  /** An order that `similar.rank` made: only what is in it, the most alike first with the sort `similarity`. */
  ranking: idSchema.nullable().default(null),
  sort: z.enum(['added', 'name', 'edited', 'taken', 'relevance', 'similarity']).default('added'),
  descending: z.boolean().default(false),
});
export type ImageFilter = z.infer<typeof imageFilterSchema>;

/** How many images each choice of the gallery's side list would show. */
export interface Facets {
  readonly total: number;
  readonly excluded: number;
  readonly missing: number;
  readonly skipped: number;
  readonly states: Readonly<Record<ImageState, number>>;
  readonly has: { readonly caption: number; readonly answer: number; readonly points: number };
  readonly labels: readonly { readonly label: string; readonly images: number }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly images: number }[];
  readonly captions: number;
  readonly points: number;
}

/** Why a file did not go in. Each has a sentence below `refusal` in the translations. */
export const refusals = [
  'empty',
  'not-an-image',
  'unsupported-format',
  'truncated',
  'corrupt',
  'too-large',
  'too-many-pixels',
  'unreadable',
  'crashes-decoder',
  'too-slow',
  'bad-name',
] as const;
export type Refusal = (typeof refusals)[number];
export interface ImportProblem {
  readonly jobId: string;
  readonly name: string;
  readonly reason: Refusal;
  /** What the decoder said, in its own words; null where the reason says it all. */
  readonly detail: string | null;
}
