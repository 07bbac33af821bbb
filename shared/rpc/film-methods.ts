/** The part of the door behind which the log of one image lies as a whole, to be played. */
import { z } from 'zod';
import type { LoggedEvent } from '../domain/events.ts';
import { idSchema } from '../domain/model.ts';
import { query } from './method.ts';

/** `next`: the sequence number to go on after, or null at the end. A page may be empty and not the last. */
export interface FilmPage {
  readonly events: readonly LoggedEvent[];
  readonly next: number | null;
}

export const filmMethods = {
  /** Events of the image after this sequence number, oldest first, as far as the acting person may see them. */
  'film.events': query<FilmPage>()('annotate', z.strictObject({ imageId: idSchema, after: z.int().nonnegative().default(0) })),
} as const;
