/** What the rules find on the open image: asked anew when it is quiet, never at a key, and the same rules as in the core. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { handsInWith, isOwn } from '../../../../shared/domain/lint/hand-in.ts';
import { blocksOf, type LintContext, type LintFinding } from '../../../../shared/domain/lint/rule.ts';
import { lintDoc, ruleOf, settle } from '../../../../shared/domain/lint/lint.ts';
import type { Dismissal, Doc } from '../../../../shared/domain/model.ts';
import type { SentContext } from '../../../../shared/rpc/lint-methods.ts';

export interface FindingsState {
  readonly imageId: string | null;
  readonly context: LintContext | null;
  /** Open findings that a person can do something about here, in the order of the rules. */
  readonly open: readonly LintFinding[];
  readonly dismissed: readonly LintFinding[];
  /** The finding that the keys are for, by its key. */
  readonly current: string | null;
  /** The finding for which a reason is being written. */
  readonly dismissing: string | null;
  /** Somebody tried to hand the image in: also what only holds that back is shown. */
  readonly tried: boolean;
}
const start: FindingsState = { imageId: null, context: null, open: [], dismissed: [], current: null, dismissing: null, tried: false };
/** This window's findings. */
export const findingsStore: StoreApi<FindingsState> = createStore<FindingsState>()(() => start);
export const useFindings = <T>(select: (state: FindingsState) => T): T => useStore(findingsStore, select);

/** Tells findings apart: by rule and subject, not by place, which moves while one writes. A fix or a dismissal is of all of them. */
export const findingKey = ({ code, subjectId }: LintFinding): string => `${code} ${subjectId}`;
/** One of a rule and a subject at a time: the next comes when it is settled. */
const firsts = (findings: readonly LintFinding[]): LintFinding[] =>
  [...new Map([...findings].reverse().map((finding) => [findingKey(finding), finding])).values()].reverse();

/** A context as the core sent it, with its lists as sets and maps. */
export const contextOf = (sent: SentContext): LintContext => ({
  ...sent,
  commonOpenings: new Set(sent.commonOpenings),
  origins: new Map(Object.entries(sent.origins)),
});

/** Asks the rules and shows what they find. Another image begins with nothing. */
export function lookAt(imageId: string, doc: Doc, me: string | null, context: LintContext | null): void {
  const before = findingsStore.getState();
  const same = before.imageId === imageId;
  const tried = same && before.tried;
  if (!context) {
    if (!same) findingsStore.setState({ ...start, imageId });
    return;
  }
  const { open, dismissed: all } = settle(lintDoc(doc, context), doc.dismissal);
  const dismissed = firsts(all);
  const isInTheWay = (finding: LintFinding) => tried && holdsBack(finding.code, context) && handsInWith(doc, me, finding);
  const shown = firsts(open.filter((finding) => isInTheWay(finding) || (isOwn(doc, me, finding) && ruleOf(finding.code)?.quiet !== true)));
  const keys = shown.map(findingKey);
  const kept = (key: string | null) => (same && key !== null && keys.includes(key) ? key : null);
  const unchanged = same && before.context === context && keys.join() === before.open.map(findingKey).join() && !(dismissed.length + before.dismissed.length);
  if (unchanged) return findingsStore.setState({ open: shown });
  findingsStore.setState({ imageId, context, tried, open: shown, dismissed, current: kept(before.current), dismissing: kept(before.dismissing) });
}
const holdsBack = (code: string, context: LintContext): boolean => {
  const rule = ruleOf(code);
  return rule !== undefined && blocksOf(rule, context.settings) === 'submit';
};

/** Whether a finding does, in this project. */
export const isHolding = (finding: LintFinding, context: LintContext | null): boolean => context !== null && holdsBack(finding.code, context);

/** The dismissal behind a dismissed finding. */
export const dismissalOf = (doc: Doc, { code, subjectId }: LintFinding): Dismissal | undefined =>
  doc.dismissal.find((row) => row.code === code && row.subjectId === subjectId);

/** The tab on which a finding is shown. */
export function tabOf({ subjectKind }: LintFinding): 'caption' | 'questions' | 'points' {
  return subjectKind === 'turn' ? 'questions' : subjectKind === 'pointSet' ? 'points' : 'caption';
}
