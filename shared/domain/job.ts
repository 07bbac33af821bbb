/** Long work: it has progress, can be cancelled, and goes on after a restart. */
import type { AnnotationsResult } from './annotation-import.ts';
import type { MergeReport, PackagesReport } from './package.ts';
import type { Release } from './release.ts';

export const jobKinds = [
  'import',
  'relink',
  'export',
  'verify',
  'download',
  'ocr',
  'embed',
  'duplicates',
  'release',
  'annotations',
  'merge',
  'packages',
  'lint',
  'assign',
] as const;
export type JobKind = (typeof jobKinds)[number];
/** `interrupted`: the core went away while it ran; it can be resumed. */
export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  /** Units done and in all; `total` is null until it is known. */
  readonly done: number;
  readonly total: number | null;
  /** Estimated from the pace of the last seconds; null until there is one. */
  readonly secondsLeft: number | null;
  /** What it is busy with, for people: a file's name, a split. */
  readonly current: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The error's translation key and details, when it failed. */
  readonly error: { readonly key: string; readonly details: Readonly<Record<string, unknown>>; readonly message: string } | null;
  /** What came of it, by kind. */
  readonly result: JobResult | null;
}
export type JobResult =
  | AnnotationsResult
  | MergeReport
  | PackagesReport
  /** An encoder was downloaded and installed. `pinned`: nobody had stated its hashes; those of what came are kept. */
  | { readonly kind: 'download'; readonly id: string; readonly name: string; readonly sizeBytes: number; readonly pinned: boolean }
  | { readonly kind: 'release'; readonly release: Release }
  | {
      readonly kind: 'import';
      readonly added: number;
      readonly duplicates: number;
      readonly known: number;
      readonly refused: number;
      readonly relinked: number;
    }
  | { readonly kind: 'relink'; readonly relinked: number; readonly stillMissing: number }
  | {
      readonly kind: 'export';
      readonly folder: string;
      readonly rows: Readonly<Record<string, number>>;
      readonly images: number;
      readonly sizeBytes: number;
      readonly skipped: readonly { readonly name: string; readonly reason: string }[];
    }
  | { readonly kind: 'ocr'; readonly read: number; readonly withText: number; readonly unreadable: number }
  /** An encoder made vectors of images. `left`: images that have none because they could not be read or encoded; the first hundred are named. */
  | {
      readonly kind: 'embed';
      readonly encoder: string;
      readonly indexed: number;
      readonly left: number;
      readonly skipped: readonly { readonly name: string; readonly reason: string }[];
    }
  | { readonly kind: 'assign'; readonly images: number; readonly assignments: number }
  | { readonly kind: 'duplicates'; readonly groups: number; readonly images: number }
  /** The rules were asked. `checked`: images that were not looked at as they are; then what is found on how many images in all. */
  | { readonly kind: 'lint'; readonly checked: number; readonly findings: number; readonly images: number }
  | { readonly kind: 'verify'; readonly images: number; readonly events: number; readonly problems: readonly string[] };
