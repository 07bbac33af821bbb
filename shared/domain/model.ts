/**
 * What people write about one image. Rows are flat and name their parent, so that one kind of op, one table and one index serve each.
 * A field without a value is absent; an op that takes a value away names it as null.
 */
import { z } from 'zod';
import type { Conflict } from './conflict.ts';
import { ID_PATTERN } from './ids.ts';

export const idSchema = z.string().regex(ID_PATTERN);
/** Longest text of one caption, question or answer, in UTF-16 units: 40 times a long PixMo caption. */
export const MAX_TEXT = 60_000;
export const MAX_LABEL = 200;
const text = z.string().max(MAX_TEXT);
const percent = z.number().min(0).max(100);
const timeMs = z.int().nonnegative();

/** Ids, separated by one space, of the rows that an adjudicated row was made from: 27 of them fit. */
const parentIds = z
  .string()
  .max(1000)
  .regex(/^[0-9a-f-]{36}( [0-9a-f-]{36})*$/)
  .optional();

/** A dense caption: natural-language text by one author. */
export const captionSchema = z.strictObject({ id: idSchema, authorId: idSchema, text, createdAt: timeMs, parentIds });
/** A conversation about the image; its turns alternate between question and answer. */
export const threadSchema = z.strictObject({ id: idSchema, authorId: idSchema, createdAt: timeMs, parentIds });
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
  parentIds,
});
/** A point in percent (0 to 100) of the upright image. One that a person accepted from an encoder names the proposal; one without was placed by hand. */
export const pointSchema = z.strictObject({ id: idSchema, setId: idSchema, xPct: percent, yPct: percent, proposalId: idSchema.optional() });
export const imageStates = ['todo', 'draft', 'submitted', 'in-review', 'accepted', 'returned'] as const;
/** What was said of where the image stands in the work; one row an image, its id is the image's. Where it is assigned, `stateOf` (`review.ts`) says what is shown. */
export const statusSchema = z.strictObject({
  id: idSchema,
  state: z.enum(imageStates),
  excluded: z.boolean(),
  /** Why a person passed it over for now. */
  skipped: z.string().min(1).max(300).optional(),
  /** Code of the reason it was returned for (`settings.ts`); gone once it is submitted again. */
  returnReason: z.string().min(1).max(60).optional(),
});
export const commentTargets = ['image', 'caption', 'turn', 'pointSet', 'point'] as const;
/** Longest comment, in UTF-16 units. */
export const MAX_COMMENT = 4000;
/** What one person says of another's work: of the image, or pinned to a row, or to words of its text. */
export const commentSchema = z.strictObject({
  id: idSchema,
  authorId: idSchema,
  createdAt: timeMs,
  text: z.string().min(1).max(MAX_COMMENT),
  targetKind: z.enum(commentTargets),
  /** The row it is pinned to; the image's own id where it is of the image. */
  targetId: idSchema,
  /** The words it is pinned to. */
  quote: z.string().min(1).max(500).optional(),
  /** UTF-16 offset of those words when it was pinned; the text may have changed since. */
  at: z.int().nonnegative().optional(),
  /** The comment that it answers. */
  replyTo: idSchema.optional(),
  resolved: z.boolean().optional(),
});
export const assignmentKinds = ['annotate', 'review', 'adjudicate'] as const;
export const assignmentStates = ['todo', 'draft', 'submitted', 'returned', 'accepted'] as const;
/** An image given to a person. Several people may have the same one; each one's state is in their own row, so that blind work does not show in another's. */
export const assignmentSchema = z.strictObject({
  id: idSchema,
  /** The lead who gave it. */
  authorId: idSchema,
  personId: idSchema,
  kind: z.enum(assignmentKinds),
  /** Whether this person may not see what other annotators of the image wrote. */
  blind: z.boolean(),
  state: z.enum(assignmentStates),
  createdAt: timeMs,
});
/** A finding of the checks that a person looked at and let stand, with their reason. */
export const dismissalSchema = z.strictObject({
  id: idSchema,
  authorId: idSchema,
  createdAt: timeMs,
  /** Code of the rule. */
  code: z.string().min(1).max(60),
  /** The row that the finding is about. */
  subjectId: idSchema,
  reason: z.string().min(1).max(500),
});

export type Caption = z.infer<typeof captionSchema>;
export type Thread = z.infer<typeof threadSchema>;
export type Turn = z.infer<typeof turnSchema>;
export type PointSet = z.infer<typeof pointSetSchema>;
export type Point = z.infer<typeof pointSchema>;
export type Comment = z.infer<typeof commentSchema>;
export type Assignment = z.infer<typeof assignmentSchema>;
export type Dismissal = z.infer<typeof dismissalSchema>;
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
  comment: commentSchema,
  assignment: assignmentSchema,
  dismissal: dismissalSchema,
} as const;

export type Kind = keyof typeof rowSchemas;
export type Rows = { [K in Kind]: z.infer<(typeof rowSchemas)[K]> };
export const kinds = Object.keys(rowSchemas) as Kind[];
/** What people say about the work and who does it: no part of what a model is trained on, so no export, release or restore knows of it. */
export const aboutKinds = ['comment', 'assignment', 'dismissal'] as const satisfies readonly Kind[];
/** Whether a change of such a row changes what was written about the image. */
export const isContent = (kind: Kind): boolean => kind !== 'status' && !(aboutKinds as readonly Kind[]).includes(kind);

/** Everything people wrote on one image and said of it: for each kind its rows, sorted by id, that is by creation. Immutable. */
export type Doc = { readonly [K in Kind]: readonly Rows[K][] } & { readonly conflicts: readonly Conflict[] };

/** The state of an image that nobody has worked on. */
export function emptyDoc(imageId: string): Doc {
  return {
    status: [{ id: imageId, state: 'todo', excluded: false }],
    caption: [],
    thread: [],
    turn: [],
    pointSet: [],
    point: [],
    comment: [],
    assignment: [],
    dismissal: [],
    conflicts: [],
  };
}

/** The one status row of an image. */
export function statusOf(doc: Doc): Status {
  const row = doc.status[0];
  if (row === undefined) throw new Error('a document without a status row');
  return row;
}
