/** Text that a reader found in an image. None of it is people's work: it is shown, searched and offered, and enters a text only by a person's act. */

/** One line, or one column of upright characters. */
export interface ReadLine {
  readonly text: string;
  /** From 0 to 1: the mean certainty of its characters. */
  readonly score: number;
  /** x and y of its four corners in percent of the upright image: where the text begins above, then along the text, and round. */
  readonly corners: readonly number[];
}
/** What is known of the text in an image. */
export type ImageReading =
  | { readonly status: 'read'; readonly lines: readonly ReadLine[]; readonly model: string; readonly readAt: number }
  /** The project has reading switched off. */
  | { readonly status: 'off' }
  /** Its file is not where it was, or could not be decoded. */
  | { readonly status: 'no-image' }
  /** The reader is not installed on this machine, or does not run here; the key names a sentence below `errors`. */
  | { readonly status: 'unavailable'; readonly key: string };

/** How far the project is read. */
export interface ReadingStatus {
  /** Whether the reader's files are on this machine. */
  readonly installed: boolean;
  readonly model: string;
  readonly images: number;
  readonly read: number;
  readonly withText: number;
}
