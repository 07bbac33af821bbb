/** What holds back handing an image in: asked by the window before it tries, and by the core whoever tries. */
import { type Doc, isContent } from '../model.ts';
import type { Op } from '../ops.ts';
import { partOf, workStateOf } from '../review.ts';
import { lintDoc, settle } from './lint.ts';
import { blocksOf, type LintContext, type LintFinding } from './rule.ts';

/** Whether this person wrote what a finding is about. */
export function isOwn(doc: Doc, personId: string | null, { subjectKind, subjectId }: LintFinding): boolean {
  if (subjectKind === 'image') return true;
  if (subjectKind !== 'turn') return doc[subjectKind].find((row) => row.id === subjectId)?.authorId === personId;
  const turn = doc.turn.find((row) => row.id === subjectId);
  return doc.thread.find((thread) => thread.id === turn?.threadId)?.authorId === personId;
}

/** Whether this person hands in what a finding is about: their own work where they were given a part of the image, else all that is on it. */
export const handsInWith = (doc: Doc, personId: string | null, finding: LintFinding): boolean =>
  partOf(doc, personId) === undefined || isOwn(doc, personId, finding);

/** Open findings that hold back handing the image in, as the document is now. */
export function heldBack(doc: Doc, personId: string | null, context: LintContext): LintFinding[] {
  const { open } = settle(
    lintDoc(doc, context, (rule) => blocksOf(rule, context.settings) === 'submit'),
    doc.dismissal,
  );
  return open.filter((finding) => handsInWith(doc, personId, finding));
}

/**
 * Whether an edit of this person hands work in: it says so, or leaves it handed in while the work is changed. A reviewer who takes back their own word
 * (accepted, in review) hands nothing in.
 */
export function handsIn(before: Doc, after: Doc, ops: readonly Op[], personId: string): boolean {
  if (workStateOf(after, personId) !== 'submitted') return false;
  const was = workStateOf(before, personId);
  if (was === 'submitted') return ops.some((op) => isContent(op.kind) || (op.kind === 'dismissal' && op.op === 'remove'));
  return was !== 'accepted' && was !== 'in-review';
}
