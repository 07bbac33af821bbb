/** What every annotation file is brought to before it meets the project: an image by whatever names it, and what is said of it. */
import type { JsonValue } from '../columns.ts';

export const annotationFormats = ['coco', 'chat', 'pixmo', 'rows', 'labelme', 'label-studio', 'cvat', 'via', 'sidecar-text'] as const;
/** `chat`: LLaVA, ShareGPT, LLaMA-Factory, messages. `rows`: JSON, CSV or parquet with a row an image (imagefolder, WebDataset's JSON, lists of paths). */
export type AnnotationFormat = (typeof annotationFormats)[number];

/** Where the rows are, when they are not the whole. */
export interface Inside {
  /** The list of an object that holds them. */
  readonly list?: string;
  /** The object's names are those of pictures, its values what is said of them. */
  readonly byName?: boolean;
  /** The columns of a table without names in its first line. */
  readonly columns?: readonly string[];
}
/** What numbers of points count: percent, pixels, a share of the side from 0 to 1, thousandths of the side (Qwen, InternVL, Molmo 2). */
export const units = ['percent', 'pixels', 'fraction', 'thousandths'] as const;
export type Unit = (typeof units)[number];

/** Why something was not taken, or what was done to take it. Each has a sentence below `annotations.reason` in the translations. */
export const skipReasons = [
  'image-not-found',
  'image-ambiguous',
  'image-only-url',
  'several-images',
  'no-image-named',
  'row-broken',
  'row-not-object',
  'row-empty',
  'file-unreadable',
  'shape-box',
  'shape-mask',
  'shape-other',
  'keypoint-unlabelled',
  'point-outside',
  'point-not-number',
  'text-too-long',
  'label-too-long',
  'label-blank',
  'turns-unpaired',
  'machine-made',
  'not-a-caption',
  'extra-too-large',
  'not-permitted',
  'archive-entry',
  'archive-broken',
  'archive-too-large',
] as const;
export const noteReasons = [
  'file-unknown',
  'mask-picture',
  'number-repaired',
  'matched-by-stem',
  'text-repaired',
  'encoding-guessed',
  'point-clamped',
  'point-hidden',
  'turned-with-photo',
  'extra-kept',
  'already-there',
] as const;
export type SkipReason = (typeof skipReasons)[number];
export type ImportReason = SkipReason | (typeof noteReasons)[number];
/** Whether something is missing in the project for it. */
export const isSkip = (reason: ImportReason): reason is SkipReason => (skipReasons as readonly string[]).includes(reason);

export interface Note {
  readonly reason: ImportReason;
  readonly detail: string;
}
export type JsonObject = { readonly [name: string]: JsonValue };

export interface ImageRef {
  /** Paths as the file has them, the likeliest first. */
  readonly paths: readonly string[];
  /** sha256 in hex. */
  readonly hashes: readonly string[];
  /** File names without their extension, where the file names no more than a number. */
  readonly stems: readonly string[];
  readonly url: string | null;
  /** The size that pixels count in, where the file says one. */
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null;
}
export type XyPair = readonly [x: number, y: number];
export interface ImportLabel {
  readonly label: string;
  readonly method: 'pointing' | 'counting';
  /** Empty: looked for and not there. */
  readonly points: readonly XyPair[];
  /** As the format says; null where the numbers have to tell. */
  readonly unit: Unit | null;
  /** What the numbers are in such files as a rule, where `unit` is null. */
  readonly usual?: Unit;
  /** The format says `usual`, but files that break it are about. */
  readonly firm?: boolean;
}
export interface ImportPlace {
  readonly phrase: string;
  readonly points: readonly XyPair[];
  readonly unit: Unit | null;
}
export interface ImportTurn {
  readonly question: string;
  /** With as many `<|POINT|>` as there are places. */
  readonly answer: string;
  readonly places: readonly ImportPlace[];
}
export interface ImportRecord {
  /** Where it stands in its file, for people: `line 12`. */
  readonly where: string;
  readonly image: ImageRef;
  readonly captions: readonly string[];
  /** Conversations: question and answer in turn. */
  readonly threads: readonly (readonly ImportTurn[])[];
  readonly labels: readonly ImportLabel[];
  readonly notes: readonly Note[];
  /** What has no place in a project: kept beside the image. */
  readonly extra: JsonObject | null;
  /** The picture itself in base64, where the file holds it. */
  readonly picture?: string | null;
  /** Files that are masks of the picture, as the row has them. */
  readonly masks?: readonly string[];
}

/** What a person may correct. */
export interface ImportOptions {
  /** What points count; null: by the format and the numbers. */
  readonly points: Unit | null;
  /** Whether a question with one answer is a caption: by its words, always, never. */
  readonly text: 'auto' | 'captions' | 'questions';
  /** The field that holds the caption; null: by its name. */
  readonly captionField: string | null;
}
export const defaultOptions: ImportOptions = { points: null, text: 'auto', captionField: null };

/** What a mapper knows of the place of a row. */
export interface RowPlace {
  readonly where: string;
  readonly options: ImportOptions;
}

const nothing = { captions: [], threads: [], labels: [], notes: [], extra: null } as const;
export const noRef: ImageRef = { paths: [], hashes: [], stems: [], url: null, size: null };
/** A record with what is given, and nothing of the rest. */
export function recordOf(where: string, image: Partial<ImageRef>, says: Partial<Omit<ImportRecord, 'where' | 'image'>> = {}): ImportRecord {
  return { where, image: { ...noRef, ...image }, ...nothing, ...says };
}
