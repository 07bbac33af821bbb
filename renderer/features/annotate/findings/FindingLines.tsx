/** Findings beside what they are about: one sentence each, and the way to settle it. They come below a text, never over it. */
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { type LintFinding, severities } from '../../../../shared/domain/lint/rule.ts';
import { ruleOf } from '../../../../shared/domain/lint/lint.ts';
import { Keys } from '../../../commands/Keys.tsx';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useAnnotate, useEditor } from '../context.ts';
import { useScreen } from '../screen-state.ts';
import { dismissFinding, fixFinding, showPoints, undismiss } from './finding-actions.ts';
import styles from './FindingLines.module.css';
import { dismissalOf, findingKey, findingsStore, isHolding, useFindings } from './findings-store.ts';

/** What a rule says of its finding. */
export const useSentence = () => {
  const { t } = useTranslation();
  return ({ code, params }: LintFinding) => t(`lint.rules.${code}.explain` as 'lint.rules.filler.explain', params);
};
const ranked = (findings: readonly LintFinding[]) =>
  [...findings].sort((a, b) => severities.indexOf(ruleOf(a.code)?.severity ?? 'hint') - severities.indexOf(ruleOf(b.code)?.severity ?? 'hint'));

/** Findings about these rows. A label also shows the sentence that contradicts its points. */
export function FindingLines({ of, imageToo = false }: { of: readonly string[]; imageToo?: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const isAbout = (finding: LintFinding) =>
    of.includes(finding.subjectId) ||
    (imageToo && finding.subjectKind === 'image') ||
    (finding.otherId !== undefined && of.includes(finding.otherId) && finding.subjectKind !== 'pointSet');
  const open = useFindings(useShallow((state) => ranked(state.open.filter(isAbout))));
  const dismissed = useFindings(useShallow((state) => state.dismissed.filter((finding) => of.includes(finding.subjectId))));
  if (open.length + dismissed.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('lint.list')} data-testid="findings">
      {open.map((finding) => (
        <FindingLine key={findingKey(finding)} finding={finding} isElsewhere={!of.includes(finding.subjectId) && finding.subjectKind !== 'image'} />
      ))}
      {dismissed.map((finding) => (
        <DismissedLine key={findingKey(finding)} finding={finding} />
      ))}
    </ul>
  );
}

function FindingLine({ finding, isElsewhere }: { finding: LintFinding; isElsewhere: boolean }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const sentence = useSentence();
  const key = findingKey(finding);
  const isCurrent = useFindings((state) => (state.current ?? (state.open[0] && findingKey(state.open[0]))) === key);
  const isDismissing = useFindings((state) => state.dismissing === key);
  const isHeld = useFindings((state) => isHolding(finding, state.context));
  const tab = useScreen((state) => state.tab);
  const rule = ruleOf(finding.code);
  // Not asked of the fix itself: it may go through the whole document.
  const hasFix = rule?.fix !== undefined;
  return (
    <li className={styles.line} data-severity={rule?.severity} data-current={isCurrent || undefined} data-code={finding.code}>
      <p className={styles.text}>
        {sentence(finding)}
        {isHeld ? <span className={styles.held}> {t('lint.holds-submit')}</span> : null}
      </p>
      {isDismissing ? (
        <ReasonForm finding={finding} />
      ) : (
        <div className={styles.ways}>
          {hasFix ? (
            <Button onPress={() => me && fixFinding(editor, me, finding)}>
              {t('lint.fix')}
              {isCurrent ? <Keys of="findings.fix" /> : null}
            </Button>
          ) : null}
          {finding.otherId !== undefined && finding.subjectKind !== 'pointSet' && tab !== 'points' ? (
            <Button variant="quiet" onPress={() => showPoints(editor, finding.otherId!)}>
              {t('lint.show-points')}
            </Button>
          ) : null}
          {isElsewhere ? null : (
            <Button variant="quiet" onPress={() => findingsStore.setState({ dismissing: key, current: key })}>
              {t('lint.dismiss')}
              {isCurrent ? <Keys of="findings.dismiss" /> : null}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

const REASONS = ['checked', 'not-applicable', 'guideline'] as const;

/** Why a finding may stand: one of three common reasons, or words of one's own. */
function ReasonForm({ finding }: { finding: LintFinding }): ReactElement {
  const { t } = useTranslation();
  const { editor, me, fields } = useAnnotate();
  const [reason, setReason] = useState('');
  // Where the caret was before: it goes back there.
  const [from] = useState(() => document.activeElement);
  const back = () => {
    if (from instanceof HTMLElement && from.isConnected) from.focus();
    else fields.focus(finding.subjectId);
  };
  const take = (why: string) => {
    if (me && why.trim() !== '') dismissFinding(editor, me, finding, why.trim());
    back();
  };
  useEffect(
    () => () => {
      if (findingsStore.getState().dismissing === findingKey(finding)) findingsStore.setState({ dismissing: null });
    },
    [finding],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape gives up wherever the focus is in the form; a button does so besides
    <form
      className={styles.reason}
      data-floating
      onSubmit={(event) => {
        event.preventDefault();
        take(reason);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        findingsStore.setState({ dismissing: null });
        back();
      }}
    >
      <TextField label={t('lint.reason')} value={reason} onChange={setReason} maxLength={500} autoFocus />
      <div className={styles.ways}>
        {REASONS.map((one) => (
          <Button key={one} variant="quiet" onPress={() => take(t(`lint.reasons.${one}`))}>
            {t(`lint.reasons.${one}`)}
          </Button>
        ))}
        <Button type="submit" isDisabled={reason.trim() === ''}>
          {t('lint.dismiss-now')}
        </Button>
      </div>
    </form>
  );
}

function DismissedLine({ finding }: { finding: LintFinding }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const reason = useEditor((state) => dismissalOf(state.doc, finding)?.reason ?? '');
  return (
    <li className={styles.dismissed} data-code={finding.code}>
      <span>{t('lint.dismissed', { title: t(`lint.rules.${finding.code}.title` as 'lint.rules.filler.title'), reason })}</span>
      <Button variant="quiet" onPress={() => me && undismiss(editor, me, finding)}>
        {t('lint.undismiss')}
      </Button>
    </li>
  );
}
