/** The rules at work where work is handed in: whoever submits, from a window, a browser or a program, is held back by the same findings. */
import { handsIn, heldBack } from '../../shared/domain/lint/hand-in.ts';
import type { LintFinding } from '../../shared/domain/lint/rule.ts';
import type { Doc } from '../../shared/domain/model.ts';
import { applyOps, type Op } from '../../shared/domain/ops.ts';
import { workStateOf } from '../../shared/domain/review.ts';
import { visibleDoc } from '../../shared/domain/visible.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import type { Project } from './project.ts';
import { blindContext, lintContext, lintFrame } from './quality/lint/context.ts';
import { viewFor } from './rights.ts';

type Acts = Pick<Project, 'db' | 'me'>;

/** Findings that hold back these ops of the acting person on a document; none where the ops hand nothing in. A blind annotator is held back by nobody else's work. */
export function heldByFindings(project: Acts, num: number, doc: Doc, ops: readonly Op[]): LintFinding[] {
  const { me } = project;
  const view = viewFor(project, doc);
  const seen = visibleDoc(doc, view);
  // Nearly every edit is one of a draft that leaves it one: nothing is applied for it.
  if (!ops.some(({ kind }) => kind === 'status' || kind === 'assignment') && workStateOf(seen, me.userId) !== 'submitted') return [];
  const { doc: after } = applyOps(seen, ops);
  if (!handsIn(seen, after, ops, me.userId)) return [];
  const context = lintContext(project.db, lintFrame(project.db), num);
  return heldBack(after, me.userId, view ? blindContext(context) : context);
}

/** Throws `held-back`, with the first rule's code and the number of findings, where there are any. */
export function requireHandIn(project: Acts, num: number, doc: Doc, ops: readonly Op[]): void {
  const held = heldByFindings(project, num, doc, ops);
  if (held.length > 0) throw new AppError('invalid', `held back by ${held[0]!.code}`, { key: 'held-back', code: held[0]!.code, count: held.length });
}
