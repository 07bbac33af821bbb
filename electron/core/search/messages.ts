/** What the core and its search process say to each other. Images are named by their row numbers. */
import type { SpaceRef } from './space.ts';

/** Images in order, best first. */
export interface RankedNums {
  readonly nums: Uint32Array;
  readonly scores: Float32Array;
  /** Images that could be compared, of `stored` that have a vector: fewer while a large project is being read. */
  readonly loaded: number;
  readonly stored: number;
}
export interface NearFound {
  readonly groups: number[][];
  /** What the encoder says of an image and the lowest-numbered one of its group; empty without one. */
  readonly likeness: [num: number, first: number, likeness: number][];
}
export interface SearchTasks {
  /** The `k` images most like an image of the project, or like a vector as the encoder gave it. */
  like: { in: { space: SpaceRef; query: { readonly num: number } | { readonly vector: Float32Array }; k: number }; out: RankedNums };
  outliers: { in: { space: SpaceRef; k: number }; out: RankedNums };
  /** Each image most different from those in `done` and those before it. */
  different: { in: { space: SpaceRef; done: Uint32Array; k: number }; out: RankedNums };
  /** Groups of near-duplicates, the first of each in front; by the perceptual hash alone where there is no space. */
  near: { in: { space: SpaceRef | null }; out: NearFound };
}
export type SearchTaskKind = keyof SearchTasks;

export type ToSearch =
  | { readonly t: 'open'; readonly folder: string }
  | { readonly t: 'do'; readonly id: number; readonly kind: SearchTaskKind; readonly input: SearchTasks[SearchTaskKind]['in'] }
  /** These images have a new vector. */
  | { readonly t: 'added'; readonly encoderNum: number; readonly nums: readonly number[] };
export type FromSearch =
  | { readonly t: 'ready' }
  | { readonly t: 'done'; readonly id: number; readonly out: SearchTasks[SearchTaskKind]['out'] }
  /** `key` names a sentence below `errors` in the translations; null where it is a fault of ours. */
  | { readonly t: 'failed'; readonly id: number; readonly key: string | null; readonly message: string };
