/** A release: an immutable name for a state of the project. */
import { z } from 'zod';

/** Names are typed on the command line and stand in folder names: `v4`, `2026-11-pilot`. */
export const releaseName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,59}$/u);

export interface Release {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** The last event of the log that is in it. */
  readonly seq: number;
  /** Images are numbered as they come; those up to this one are in it. */
  readonly lastImageNum: number;
  readonly images: number;
  /** Hex sha256 over the content: the same in every copy of the project that has the same content. */
  readonly contentHash: string;
  readonly createdBy: string;
  readonly createdAt: number;
}
