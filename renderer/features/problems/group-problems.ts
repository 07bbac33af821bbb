/** Refused files as a person reads them: those with the same reason together, the commonest reason first. */
import { type ImportProblem, type Refusal, refusals } from '../../../shared/domain/image.ts';

export interface ProblemGroup {
  readonly reason: Refusal;
  readonly problems: readonly ImportProblem[];
}

export function groupProblems(problems: readonly ImportProblem[]): ProblemGroup[] {
  return refusals
    .map((reason) => ({ reason, problems: problems.filter((problem) => problem.reason === reason) }))
    .filter((group) => group.problems.length > 0)
    .sort((a, b) => b.problems.length - a.problems.length);
}

/** For a mail or an issue: each reason, below it its files, and what the decoder said where it said something. */
export function problemsAsText(groups: readonly ProblemGroup[], sentence: (reason: Refusal) => string): string {
  return groups
    .map(({ reason, problems }) =>
      [`${sentence(reason)} (${problems.length})`, ...problems.map(({ name, detail }) => `  ${name}${detail === null ? '' : `: ${detail}`}`)].join('\n'),
    )
    .join('\n\n');
}
