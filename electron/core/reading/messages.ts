/** What the core and its reader process say to each other. Pixels come from the media worker: the reader never opens an image file. */
import type { ReadLine } from '../../../shared/domain/reading.ts';
import type { PixelBlock } from '../encoder/messages.ts';

export interface ReaderFiles {
  /** Finds text: a graph that gives each pixel its share of being inside a line. */
  readonly detection: string;
  /** Reads one line. */
  readonly recognition: string;
  /** The characters it knows, one a line. */
  readonly characters: string;
}
// A type and not an interface, so that it counts as a record of tasks.
export type ReaderTasks = {
  /** All lines of an image, in the order in which people read them. */
  read: { in: { files: ReaderFiles; pixels: PixelBlock }; out: { lines: readonly ReadLine[] } };
};
