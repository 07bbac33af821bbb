/** All rules, and what becomes of a document by them. The version goes up whenever a rule judges otherwise: findings that were kept are then found anew. */
import type { Doc } from '../model.ts';
import { applyOps, type Op } from '../ops.ts';
import { contradictionRules } from './contradictions.ts';
import { imageRules } from './images.ts';
import { pointRules } from './points.ts';
import { questionRules } from './questions.ts';
import { blocksOf, type Blocking, isOn, type LintContext, type LintFinding, type LintRule } from './rule.ts';
import { textRules } from './writing.ts';

export const LINT_VERSION = 2;
export const lintRules: readonly LintRule[] = [...contradictionRules, ...pointRules, ...questionRules, ...textRules, ...imageRules];
const byCode = new Map(lintRules.map((rule) => [rule.code, rule]));
/** The rule of this code, or undefined for one of another version. */
export const ruleOf = (code: string): LintRule | undefined => byCode.get(code);

/** Everything that the rules of this project find, in the order of the rules. */
export function lintDoc(doc: Doc, context: LintContext, only: (rule: LintRule) => boolean = () => true): LintFinding[] {
  return lintRules.flatMap((rule) => (isOn(rule, context.settings) && only(rule) ? rule.check(doc, context) : []));
}

/** Where a person dismissed a finding: by its rule and what it is about. */
export interface Dismissed {
  readonly code: string;
  readonly subjectId: string;
}
const keyOf = ({ code, subjectId }: Dismissed): string => `${code} ${subjectId}`;
/** Findings with those that somebody dismissed told apart. */
export function settle(findings: readonly LintFinding[], dismissals: readonly Dismissed[]): { open: LintFinding[]; dismissed: LintFinding[] } {
  if (dismissals.length === 0) return { open: [...findings], dismissed: [] };
  const keys = new Set(dismissals.map(keyOf));
  return { open: findings.filter((finding) => !keys.has(keyOf(finding))), dismissed: findings.filter((finding) => keys.has(keyOf(finding))) };
}

/** Open findings that hold this back in this project. */
export function holding(open: readonly LintFinding[], what: Exclude<Blocking, 'never'>, context: Pick<LintContext, 'settings'>): LintFinding[] {
  return open.filter(({ code }) => {
    const rule = ruleOf(code);
    return rule !== undefined && blocksOf(rule, context.settings) === what;
  });
}

/** Fixes of one document and rule, one after the other; a document with more is done in several goes. */
const MOST_FIXES = 200;
/** Ops that fix every finding of one rule for which there is a safe fix, together. */
export function fixAll(doc: Doc, code: string, context: LintContext, skip: (finding: LintFinding) => boolean = () => false): Op[] {
  const rule = ruleOf(code);
  const all: Op[] = [];
  let now = doc;
  const hopeless = new Set<string>();
  for (let go = 0; rule?.fix && go < MOST_FIXES; go++) {
    const finding = rule.check(now, context).find((one) => !hopeless.has(keyOf(one)) && !skip(one));
    if (!finding) break;
    const ops = rule.fix(now, finding);
    if (ops.length === 0) hopeless.add(keyOf(finding));
    now = applyOps(now, ops).doc;
    all.push(...ops);
  }
  return all;
}
