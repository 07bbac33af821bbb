/** What a person does with a finding: go to it, fix it, dismiss it with a reason, take that back. All but the first are edits like any other. */
import i18next from 'i18next';
import type { LintFinding } from '../../../../shared/domain/lint/rule.ts';
import { ruleOf } from '../../../../shared/domain/lint/lint.ts';
import { addDismissal, removeDismissal } from '../../../../shared/domain/review.ts';
import type { Editor } from '../../../stores/editor.ts';
import type { Fields } from '../fields.ts';
import { setScreen } from '../screen-state.ts';
import { dismissalOf, findingKey, findingsStore, lookAt, tabOf } from './findings-store.ts';

/** Shows where it is, with the caret in the words that it is about. */
export function goTo(editor: Editor, fields: Fields, finding: LintFinding): void {
  findingsStore.setState({ current: findingKey(finding) });
  const set = editor.store.getState().doc.pointSet.find((row) => row.id === finding.subjectId);
  setScreen({
    tab: tabOf(finding),
    ...(finding.subjectKind === 'caption' ? { openCaption: finding.subjectId } : {}),
    ...(set ? { activeLabel: set.label } : {}),
  });
  if (finding.subjectKind !== 'caption' && finding.subjectKind !== 'turn') return;
  fields.focus(finding.subjectId, finding.end ?? null);
  const field = fields.get(finding.subjectId);
  if (field instanceof HTMLTextAreaElement && finding.start !== undefined) field.setSelectionRange(finding.start, finding.end ?? finding.start);
}

/** Shows the points that a text contradicts. */
export function showPoints(editor: Editor, setId: string): void {
  const set = editor.store.getState().doc.pointSet.find((row) => row.id === setId);
  if (set) setScreen({ tab: 'points', activeLabel: set.label });
}

const again = (editor: Editor, me: string) => {
  const { imageId, doc } = editor.store.getState();
  if (imageId !== null) lookAt(imageId, doc, me, findingsStore.getState().context);
};

/** Fixes it where there is a safe fix; says what was done. */
export function fixFinding(editor: Editor, me: string, finding: LintFinding): boolean {
  editor.commitTyping();
  const ops = ruleOf(finding.code)?.fix?.(editor.store.getState().doc, finding) ?? [];
  if (ops.length === 0) return false;
  editor.dispatch(ops);
  // Fields hold their text themselves: they take it anew.
  editor.store.setState(({ textEpoch }) => ({ textEpoch: textEpoch + 1 }));
  again(editor, me);
  setScreen({ line: i18next.t(`lint.rules.${finding.code}.fixed` as 'lint.rules.filler.fixed', finding.params) });
  return true;
}

export function dismissFinding(editor: Editor, me: string, finding: LintFinding, reason: string): void {
  editor.commitTyping();
  editor.dispatch(addDismissal(me, finding.code, finding.subjectId, reason));
  findingsStore.setState({ dismissing: null });
  again(editor, me);
}

export function undismiss(editor: Editor, me: string, finding: LintFinding): void {
  const row = dismissalOf(editor.store.getState().doc, finding);
  if (!row) return;
  editor.dispatch(removeDismissal(editor.store.getState().doc, row.id));
  again(editor, me);
}
