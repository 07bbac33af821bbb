/** Words that an encoder would give an image. Suggestions with scores, never labels: a word becomes a label when a person chooses it. */
export interface Tag {
  readonly word: string;
  /** 0 to 1, comparable within one encoder. */
  readonly score: number;
}
export type ImageTags =
  | { readonly status: 'tags'; /** Who says so. */ readonly encoder: string; readonly tags: readonly Tag[] }
  /** A lead decided that nothing is proposed on this image, to measure what proposals do. */
  | { readonly status: 'hidden' }
  /** No encoder that gives tags is installed and chosen, the project has no words, or the image can't be opened. */
  | { readonly status: 'none' };
