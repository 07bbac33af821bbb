/** What the encoder proposes for the label, how much of it to show, and what to do with it. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointSet } from '../../../../shared/domain/model.ts';
import { spatialWordsOf } from '../../../../shared/domain/proposal.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { Keys } from '../../../commands/Keys.tsx';
import { runCommand } from '../../../commands/registry.ts';
import { pointsBySet } from '../../../stores/editor/points-by-set.ts';
import { useSession } from '../../../stores/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { errorSentence } from '../../../ui/errors.ts';
import { RangeInput } from '../../../ui/RangeInput.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { useEditor } from '../context.ts';
import { proposalControl } from './use-proposal-commands.ts';
import styles from './ProposalPanel.module.css';
import { neighbourProposal, proposalStore, shownProposals, thresholdOf, useProposals } from './proposal-store.ts';

export function ProposalPanel({ set }: { readonly set: PointSet }): ReactElement | null {
  const { t } = useTranslation();
  const about = useProposals((state) => state.about);
  const phase = useProposals((state) => (state.setId === set.id ? state.phase : 'quiet'));
  const proposed = useProposals((state) => (state.setId === set.id ? state.proposed : null));
  const error = useProposals((state) => state.error);
  const isOn = useSession((session) => session.proposals);
  const hasPoints = useEditor((state) => pointsBySet(state.doc.point).has(set.id));
  if (!about) return null;
  const { encoder, hidden } = about;
  const from = !proposed
    ? null
    : proposed.method === 'text' && proposed.positives === 0
      ? t('proposals.from-words')
      : t('proposals.from', { count: proposed.positives });
  const title = [t('proposals.title'), ...(encoder && !hidden ? [encoder.name] : []), ...(from ? [from] : [])].join(' · ');
  const frame = (content: ReactNode) => (
    <section className={styles.panel} aria-label={t('proposals.title')} data-testid="proposals">
      <h2 className={styles.heading}>{title}</h2>
      {content}
    </section>
  );
  if (hidden) return frame(<p className={styles.hint}>{t('proposals.hidden')}</p>);
  if (!encoder) {
    return frame(
      <>
        <p className={styles.hint}>{t('proposals.no-encoder')}</p>
        <div className={styles.buttons}>
          <CommandButton of="encoders.open" />
        </div>
      </>,
    );
  }
  if (phase === 'failed' && error) {
    return frame(
      <>
        <p className={styles.problem} role="alert">
          {errorSentence(error)} {t('proposals.failed-safe')}
        </p>
        <div className={styles.buttons}>
          <Button onPress={() => proposalControl()?.retry()}>{t('proposals.retry')}</Button>
        </div>
      </>,
    );
  }
  if (!isOn) return frame(<Ask>{t('proposals.off')}</Ask>);
  if (phase === 'encoding' && !proposed) {
    return frame(
      <p className={styles.waiting} role="status">
        <Spinner label={t('proposals.encoding')} size={16} />
        {t('proposals.encoding')}
      </p>,
    );
  }
  if (proposed) return frame(<Shown label={set.label} />);
  if (hasPoints) return frame(null);
  return frame(
    encoder.methods.includes('text') ? <Ask>{t('proposals.start-words', { label: set.label })}</Ask> : <p className={styles.hint}>{t('proposals.start')}</p>,
  );
}

function Ask({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <>
      <p className={styles.hint}>{children}</p>
      <div className={styles.buttons}>
        <CommandButton of="proposals.toggle">
          <AskWords />
        </CommandButton>
      </div>
    </>
  );
}
function AskWords(): ReactElement {
  const { t } = useTranslation();
  return <>{t('proposals.show')}</>;
}

function Shown({ label }: { readonly label: string }): ReactElement {
  const { t } = useTranslation();
  const count = useProposals((state) => shownProposals(state).length);
  const all = useProposals((state) => state.proposed?.proposals.length ?? 0);
  const threshold = useProposals(thresholdOf);
  const byWords = useProposals((state) => state.proposed?.method === 'text');
  const spatial = byWords ? spatialWordsOf(label) : [];
  return (
    <>
      <div className={styles.slider}>
        <span>{t('proposals.threshold')}</span>
        <RangeInput
          label={t('proposals.threshold')}
          value={threshold}
          min={0}
          max={1}
          step={0.01}
          valueText={t('proposals.threshold-value', { threshold: threshold.toFixed(2), count })}
          onChange={(value) => proposalControl()?.setThreshold(value)}
        />
        <output className={styles.count} aria-live="polite" data-testid="proposal-count">
          {count}
        </output>
      </div>
      <div className={styles.buttons}>
        <CommandButton of="proposals.accept-all" variant="primary" isDisabled={count === 0}>
          {t('proposals.accept', { count })}
        </CommandButton>
        <Button
          isDisabled={count === 0}
          onPress={() => {
            runCommand('image.focus-stage');
            proposalControl()?.focus(neighbourProposal({ ...proposalStore.getState(), focused: null }, 1)?.id ?? null);
          }}
        >
          {t('proposals.one-by-one')}
          <Keys of="proposals.next" />
        </Button>
        <CommandButton of="proposals.toggle">{t('proposals.hide')}</CommandButton>
      </div>
      {count === 0 ? <p className={styles.hint}>{t(all > 0 ? 'proposals.none-above' : 'proposals.none')}</p> : null}
      {spatial.length > 0 ? (
        <p className={styles.warning} role="note">
          {t('proposals.spatial', { words: spatial.join(', ') })}
        </p>
      ) : null}
      <p className={styles.hint}>{t('proposals.no-data')}</p>
    </>
  );
}
