/** Findings of a label, as a row of the list of labels. */
import type { ReactElement } from 'react';
import { FindingLines } from './FindingLines.tsx';
import { useFindings } from './findings-store.ts';

/** Nothing, and no row, where there is nothing to say: the list keeps its look. */
export function LabelFindings({ setId }: { setId: string }): ReactElement | null {
  const has = useFindings(({ open, dismissed }) => [...open, ...dismissed].some((finding) => finding.subjectId === setId || finding.otherId === setId));
  return has ? (
    <li>
      <FindingLines of={[setId]} />
    </li>
  ) : null;
}
