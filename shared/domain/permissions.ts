/**
 * Who may do what: one total table of role, action and state. The core refuses what it refuses, and the window asks it before it offers anything.
 * Roles keep people from each other's work by agreement; whoever has the folder has its database.
 */
import { type Doc, type ImageState, imageStates, isContent } from './model.ts';
import type { Op } from './ops.ts';
import { stateOf } from './review.ts';
import { type Authors, authorsOf } from './visible.ts';

export const personRoles = ['annotator', 'reviewer', 'lead'] as const;
export type PersonRole = (typeof personRoles)[number];

/**
 * On one image: `write` one's own rows, submit and pass over; `write-others` change or remove what somebody else wrote; `comment`; `review`: start a review,
 * accept, return, reopen; `assign`: give it to people.
 */
export const imageActions = ['write', 'write-others', 'comment', 'review', 'assign'] as const;
export type ImageAction = (typeof imageActions)[number];
/** On the project: `inspect` what everybody does (agreement, dashboards, audit, checks of the data), `export`, `import`, `configure`, `release`, `people`. */
export const projectActions = ['inspect', 'export', 'import', 'configure', 'release', 'people'] as const;
export type ProjectAction = (typeof projectActions)[number];

const always = imageStates;
const never: readonly ImageState[] = [];
const inWork = ['todo', 'draft', 'returned'] as const;
const onImage: Readonly<Record<PersonRole, Readonly<Record<ImageAction, readonly ImageState[]>>>> = {
  annotator: { write: [...inWork, 'submitted'], 'write-others': inWork, comment: always, review: never, assign: never },
  reviewer: { write: always, 'write-others': always, comment: always, review: ['submitted', 'in-review', 'accepted', 'returned'], assign: never },
  lead: { write: always, 'write-others': always, comment: always, review: always, assign: always },
};
const onProject: Readonly<Record<PersonRole, readonly ProjectAction[]>> = {
  annotator: [],
  reviewer: ['inspect', 'export'],
  lead: projectActions,
};

/** Whether a person of this role may do this to an image in this state; nobody without a role may do anything. */
export const permits = (role: PersonRole | null, action: ImageAction, state: ImageState): boolean => role !== null && onImage[role][action].includes(state);

/** Whether a person of this role may do this to the project. */
export const permitsProject = (role: PersonRole | null, action: ProjectAction): boolean => role !== null && onProject[role].includes(action);

const OF_REVIEW: readonly unknown[] = ['in-review', 'accepted', 'returned'];

/** What an edit does, in the table's words. Pure: it reads the document that the ops are made on, and the ops. */
export function actionsOf(doc: Doc, ops: readonly Op[], personId: string): ReadonlySet<ImageAction> {
  const actions = new Set<ImageAction>();
  const authors = authorsOf(doc, ops);
  for (const op of ops) actions.add(actionOf(doc, op, personId, authors));
  return actions;
}

function actionOf(doc: Doc, op: Op, personId: string, authors: Authors): ImageAction {
  if (isContent(op.kind)) return authors(op) === personId ? 'write' : 'write-others';
  if (op.op === 'text') return 'write-others';
  const after: Readonly<Record<string, unknown>> = op.op === 'set' ? (op.after as Record<string, unknown>) : {};
  if (op.kind === 'status') {
    const leaves = 'state' in after && ['in-review', 'accepted'].includes(doc.status[0]?.state ?? '') && after['state'] !== doc.status[0]?.state;
    return OF_REVIEW.includes(after['state']) || leaves || (after['returnReason'] ?? null) !== null ? 'review' : 'write';
  }
  if (op.kind === 'assignment') {
    if (op.op !== 'set' || Object.keys(after).some((field) => field !== 'state')) return 'assign';
    const row = doc.assignment.find(({ id }) => id === op.id);
    const reopens = row?.state === 'accepted';
    return row?.personId === personId && !OF_REVIEW.includes(after['state']) && !reopens ? 'write' : 'review';
  }
  // Anybody says that a comment is settled; its words are its author's.
  const settles = op.op === 'set' && Object.keys(after).every((field) => field === 'resolved');
  const own = authors(op) === personId;
  return own || (op.kind === 'comment' && settles) ? 'comment' : 'review';
}

/** What stands in the way of an edit, or null. */
export interface Refusal {
  readonly action: ImageAction;
  readonly state: ImageState;
}
export function refusalOf(role: PersonRole | null, doc: Doc, ops: readonly Op[], personId: string): Refusal | null {
  const state = stateOf(doc);
  for (const action of actionsOf(doc, ops, personId)) if (!permits(role, action, state)) return { action, state };
  return null;
}
