/** Random but valid work on one image, for property tests: the kinds of things people do, in any order. */
import fc from 'fast-check';
import * as authoring from '../domain/authoring.ts';
import * as review from '../domain/review.ts';
import { type Doc, assignmentKinds, emptyDoc, imageStates, questionTypes } from '../domain/model.ts';
import { newId } from '../domain/ids.ts';
import type { Op } from '../domain/ops.ts';

export const IMAGE_ID = '01890000-0000-7000-8000-000000000001';
export const AUTHOR_ID = '01890000-0000-7000-8000-0000000000aa';

/** People that images are given to. */
const PEOPLE_IDS: readonly string[] = Array.from({ length: 3 }, (_, n) => `01890000-0000-7000-8000-00000000020${n}`);

/** Proposals that actions accept, in turn. */
export const PROPOSAL_IDS: readonly string[] = Array.from({ length: 12 }, (_, n) => `01890000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`);
/** One that no point came from yet; of an id of its own where all were accepted. */
const freeProposal = (doc: Doc, pick: number): string => {
  const taken = new Set(doc.point.map((point) => point.proposalId));
  const free = PROPOSAL_IDS.filter((id) => !taken.has(id));
  return free[pick % Math.max(free.length, 1)] ?? newId();
};

/** One thing a person does: numbers choose among the rows that are there when it is done. */
export interface Action {
  readonly what: number;
  readonly pick: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}
export const actionArbitrary: fc.Arbitrary<Action> = fc.record({
  what: fc.nat(119),
  pick: fc.nat(),
  x: fc.double({ min: 0, max: 100, noNaN: true }),
  y: fc.double({ min: 0, max: 100, noNaN: true }),
  text: fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('two dogs', '二匹の犬 🐕', '👩‍👩‍👧 family', 'a\nb', '')),
});

/** The ops of an action on this document; empty where there is nothing to do it to. */
export function opsOf(doc: Doc, action: Action): Op[] {
  const pick = <T>(rows: readonly T[]): T | undefined => rows[action.pick % Math.max(rows.length, 1)];
  const { what, x, y, text } = action;
  const caption = pick(doc.caption);
  const turn = pick(doc.turn);
  const set = pick(doc.pointSet);
  const point = pick(doc.point);
  if (what < 10) return authoring.addCaption(AUTHOR_ID, text);
  if (what < 25) return caption ? authoring.setText(doc, 'caption', caption.id, caption.text.slice(0, action.pick % (caption.text.length + 1)) + text) : [];
  if (what < 30) return caption ? authoring.removeCaption(doc, caption.id) : [];
  if (what < 37) return authoring.addThread(AUTHOR_ID, text);
  if (what < 42) return turn ? authoring.addTurns(turn.threadId, text, text) : [];
  if (what < 50) return turn ? authoring.setText(doc, 'turn', turn.id, text) : [];
  if (what < 52) return turn ? authoring.setQuestion(doc, turn.id, { questionType: pick([...questionTypes, null])!, ability: x < 50 ? 'counting' : null }) : [];
  if (what < 54) return turn ? authoring.removeTurnPair(doc, turn.id) : [];
  if (what < 57) return turn ? authoring.addMark(doc, AUTHOR_ID, turn.id, action.pick % (turn.text.length + 1), text) : [];
  if (what < 60) return authoring.addPointSet(AUTHOR_ID, text);
  if (what < 70) return set ? authoring.addPoint(doc, set.id, x, y) : [];
  if (what < 75) return set ? authoring.acceptProposals(doc, set.id, [{ proposalId: freeProposal(doc, action.pick), xPct: x, yPct: y }]) : [];
  if (what < 82) return point ? authoring.movePoint(doc, point.id, x, y) : [];
  if (what < 86) return point ? authoring.removePoints(doc, [point.id]) : [];
  if (what < 89) return set ? authoring.setPresence(doc, set.id, x < 50 ? 'absent' : 'present') : [];
  if (what < 90) return set?.turnId ? authoring.removeMark(doc, set.id) : [];
  if (what < 92) return set ? authoring.removePointSet(doc, set.id) : [];
  if (what < 95)
    return set ? authoring.editPointSet(doc, set.id, { label: text, method: x < 50 ? 'pointing' : 'counting', sweep: y < 50 ? '2x2:8' : null }) : [];
  if (what < 98) return authoring.setState(doc, pick(imageStates)!);
  if (what < 100) return x < 50 ? authoring.setExcluded(doc, y < 50) : authoring.setSkipped(doc, y < 50 ? 'unsure' : null);
  return aboutOps(doc, action);
}

/** What people say of the work, and who is to do it. */
function aboutOps(doc: Doc, { what, pick: at, x, y, text }: Action): Op[] {
  const pick = <T>(rows: readonly T[]): T | undefined => rows[at % Math.max(rows.length, 1)];
  const comment = pick(doc.comment);
  const caption = pick(doc.caption);
  const assignment = pick(doc.assignment);
  const dismissal = pick(doc.dismissal);
  const point = pick(doc.point);
  if (what < 103) {
    const quote = caption?.text.slice(at % (caption.text.length + 1)).toWellFormed();
    if (caption && quote) return review.addComment(AUTHOR_ID, { targetKind: 'caption', targetId: caption.id, quote, at: at % (caption.text.length + 1) }, text);
    return review.addComment(AUTHOR_ID, point ? { targetKind: 'point', targetId: point.id } : { targetKind: 'image', targetId: IMAGE_ID }, text);
  }
  if (what < 105) return comment ? review.replyTo(doc, AUTHOR_ID, comment.id, text) : [];
  if (what < 107) return comment ? review.setResolved(doc, comment.id, x < 50) : [];
  if (what < 108) return comment ? review.removeComment(doc, comment.id) : [];
  if (what < 111) return review.addAssignment(AUTHOR_ID, PEOPLE_IDS[at % PEOPLE_IDS.length]!, { kind: pick(assignmentKinds)!, blind: x < 50 });
  if (what < 113) return review.setWorkState(doc, assignment?.personId ?? AUTHOR_ID, pick(['todo', 'draft', 'submitted'] as const)!);
  if (what < 114) return assignment ? review.removeAssignment(doc, assignment.id) : [];
  if (what < 116) return review.changeState(doc, AUTHOR_ID, pick(imageStates)!);
  if (what < 117) return review.returnImage(doc, 'wrong-point', y < 50 ? (assignment?.personId ?? null) : null);
  if (what < 119) return text.trim() === '' ? [] : review.addDismissal(AUTHOR_ID, 'caption-short', caption?.id ?? IMAGE_ID, text);
  return dismissal ? review.removeDismissal(doc, dismissal.id) : [];
}

export const startDoc = (): Doc => emptyDoc(IMAGE_ID);
