/**
 * What people write about one image. Rows are flat and name their parent, so that one kind of op, one table and one index serve each.
 * A field without a value is absent; an op that takes a value away names it as null.
 */
import { z } from 'zod';
import { ID_PATTERN } from './ids.ts';

export const idSchema = z.string().regex(ID_PATTERN);
/** Longest text of one caption, question or answer, in UTF-16 units: 40 times a long PixMo caption. */
export const MAX_TEXT = 60_000;
export const MAX_LABEL = 200;
const text = z.string().max(MAX_TEXT);
const percent = z.number().min(0).max(100);
const timeMs = z.int().nonnegative();

/** A dense caption: natural-language text by one author. */
export const captionSchema = z.strictObject({ id: idSchema, authorId: idSchema, text, createdAt: timeMs });
/** A conversation about the image; its turns alternate between question and answer. */
export const threadSchema = z.strictObject({ id: idSchema, authorId: idSchema, createdAt: timeMs });
/** What a question asks for; `null` in the screen is "not said". */
export const questionTypes = ['free', 'true-false', 'multiple-choice', 'counting', 'reading', 'pointing'] as const;
/**
 * A question or an answer. A question may say its type and the ability it asks for; an answer that came from a language model's draft names it.
 * In an answer `<@id>` stands for the points of the point set with that id (see `point-mark.ts`).
 */
export const turnSchema = z.strictObject({
  id: idSchema,
  threadId: idSchema,
  role: z.enum(['question', 'answer']),
  text,
  createdAt: timeMs,
  questionType: z.enum(questionTypes).optional(),
  ability: z.string().min(1).max(60).optional(),
  draftId: idSchema.optional(),
});
/** One label and what the author says of it: pointed at (`present`) or checked and not in the image (`absent`). `method` is PixMo's collection_method. */
export const pointSetSchema = z.strictObject({
  id: idSchema,
  authorId: idSchema,
  label: z.string().max(MAX_LABEL),
  presence: z.enum(['present', 'absent']),
  method: z.enum(['pointing', 'counting']),
  createdAt: timeMs,
  /** The answer that its points stand in; they are part of that sentence and no label of their own. */
  turnId: idSchema.optional(),
  /** Which cells of the image were looked at for this label (see `sweep.ts`). */
  sweep: z.string().max(4000).optional(),
});
/** A point in percent (0 to 100) of the upright image. One that a person accepted from an encoder names the proposal; one without was placed by hand. */
export const pointSchema = z.strictObject({ id: idSchema, setId: idSchema, xPct: percent, yPct: percent, proposalId: idSchema.optional() });
export const imageStates = ['todo', 'draft', 'submitted', 'accepted', 'returned'] as const;
/** Where the image stands in the work; one row an image, its id is the image's. */
export const statusSchema = z.strictObject({
  id: idSchema,
  state: z.enum(imageStates),
  excluded: z.boolean(),
  /** Why a person passed it over for now. */
  skipped: z.string().min(1).max(300).optional(),
});

export type Caption = z.infer<typeof captionSchema>;
export type Thread = z.infer<typeof threadSchema>;
export type Turn = z.infer<typeof turnSchema>;
export type PointSet = z.infer<typeof pointSetSchema>;
export type Point = z.infer<typeof pointSchema>;
export type QuestionType = (typeof questionTypes)[number];
export type ImageState = (typeof imageStates)[number];
export type Status = z.infer<typeof statusSchema>;

/** The schema of each kind of row; the keys are the kinds that ops speak of. */
export const rowSchemas = {
  status: statusSchema,
  caption: captionSchema,
  thread: threadSchema,
  turn: turnSchema,
  pointSet: pointSetSchema,
  point: pointSchema,
} as const;

export type Kind = keyof typeof rowSchemas;
export type Rows = { [K in Kind]: z.infer<(typeof rowSchemas)[K]> };
export const kinds = Object.keys(rowSchemas) as Kind[];

/** An op that could not take its full effect on this state; it stays visible until a person settles it. */
export interface Conflict {
  readonly kind: Kind;
  readonly id: string;
  readonly field: string | null;
  readonly reason: 'changed-elsewhere' | 'removed-elsewhere' | 'parent-missing';
}

/** Everything people wrote on one image: for each kind its rows, sorted by id, that is by creation. Immutable. */
export type Doc = { readonly [K in Kind]: readonly Rows[K][] } & { readonly conflicts: readonly Conflict[] };

/** The state of an image that nobody has worked on. */
export function emptyDoc(imageId: string): Doc {
  return { status: [{ id: imageId, state: 'todo', excluded: false }], caption: [], thread: [], turn: [], pointSet: [], point: [], conflicts: [] };
}

/** The one status row of an image. */
export function statusOf(doc: Doc): Status {
  const row = doc.status[0];
  if (row === undefined) throw new Error('a document without a status row');
  return row;
}
