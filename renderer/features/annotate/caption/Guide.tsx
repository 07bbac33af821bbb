/** The guide beside the text: a ring, its questions with lit dots, and why each is lit. Hovering or focusing one marks its words in the text. */
import { type ReactElement, useState } from 'react';
import type { TFunction } from 'i18next';
import { Button, Toolbar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { GuideFinding } from '../../../../shared/domain/guide.ts';
import type { GuideCheck, GuideQuestion } from '../../../../shared/domain/settings.ts';
import { Keys } from '../../../commands/Keys.tsx';
import { Button as TextButton } from '../../../ui/Button.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { setScreen, useScreen } from '../screen-state.ts';
import styles from './Guide.module.css';
import { useGuideQuestions } from './guide-questions.ts';
import { GuideRing } from './GuideRing.tsx';
import { MatchOverlay } from './MatchOverlay.tsx';
import type { FactsFinder } from './text-facts.ts';

/** More words than these say nothing more. */
const SHOWN_WORDS = 6;

export function Guide({ finder, captionId }: { finder: FactsFinder; captionId: string }): ReactElement {
  const { t } = useTranslation();
  const questions = useGuideQuestions();
  const inFull = useScreen((state) => state.guideInFull);
  // A string, so that typing renders the guide only when a light changes.
  const lit = useStore(finder.store, ({ findings }) => questions.map(({ check }) => (check && findings[check].covered ? '1' : '0')).join(''));
  const [hovered, setHovered] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const chosen = hovered ?? focused;
  const checked = questions.filter(({ check }) => check !== null).length;
  const covered = [...lit].filter((light) => light === '1').length;
  return (
    <section className={styles.guide} aria-label={t('guide.title')}>
      <div className={styles.body}>
        <GuideRing covered={covered} of={checked} />
        <VisuallyHidden>{t('guide.covered', { count: covered, of: checked })}</VisuallyHidden>
        <Toolbar orientation="vertical" aria-label={t('guide.questions')} className={styles.list!} data-in-full={inFull || undefined}>
          {questions.map(({ question, short, check }, index) => (
            <Button
              key={index}
              className={styles.item!}
              data-check={check ?? 'none'}
              data-lit={lit[index] === '1' || undefined}
              onHoverChange={(over) => setHovered(over ? index : null)}
              onFocusChange={(has) => setFocused(has ? index : null)}
            >
              <span className={styles.dot} aria-hidden="true" />
              <span>{inFull ? question : short}</span>
              {check ? <VisuallyHidden>{t(lit[index] === '1' ? 'guide.is-covered' : 'guide.is-open')}</VisuallyHidden> : null}
            </Button>
          ))}
        </Toolbar>
      </div>
      <div className={styles.foot}>
        <Why finder={finder} questions={questions} lit={lit} chosen={chosen} />
        <TextButton variant="quiet" aria-expanded={inFull} onPress={() => setScreen({ guideInFull: !inFull })}>
          {t(inFull ? 'guide.shorter' : 'guide.in-full')}
          <Keys of="caption.guide" />
        </TextButton>
      </div>
      {chosen === null ? null : <MatchOverlay finder={finder} captionId={captionId} check={questions[chosen]?.check ?? null} />}
    </section>
  );
}

interface WhyProps {
  readonly finder: FactsFinder;
  readonly questions: readonly GuideQuestion[];
  readonly lit: string;
  readonly chosen: number | null;
}

/** One line: the words that the chosen question goes by, or the next question that is open. */
function Why({ finder, questions, lit, chosen }: WhyProps): ReactElement {
  const { t } = useTranslation();
  const facts = useStore(finder.store, (now) => (chosen === null ? null : now));
  const asked = chosen === null ? undefined : questions[chosen];
  if (!facts || !asked) {
    const open = questions.findIndex(({ check }, index) => check !== null && lit[index] === '0');
    const next = open < 0 ? undefined : questions[open];
    return <p className={styles.why}>{next ? t('guide.next', { question: next.question }) : t('guide.all')}</p>;
  }
  if (asked.check === null) return <p className={styles.why}>{t('guide.unchecked')}</p>;
  const finding = facts.findings[asked.check];
  return (
    <p className={styles.why} data-guide-why aria-live="polite">
      {asked.check === 'first-glance' || finding.byLength || finding.matches.length === 0
        ? sentence(finding, asked.check, t)
        : words(finding, asked.check, facts.text, t)}
    </p>
  );
}

function sentence(finding: GuideFinding, check: GuideCheck, t: TFunction): string {
  if (finding.byLength) return t('guide.by-length');
  if (check === 'first-glance' && finding.covered) return t('guide.by-sentence', { count: finding.found });
  return t(`guide.looks-for.${check}`);
}

function words(finding: GuideFinding, check: GuideCheck, text: string, t: TFunction): string {
  const found = [...new Set(finding.matches.map(({ start, end }) => text.slice(start, end)))];
  const list = found
    .slice(0, SHOWN_WORDS)
    .map((word) => t('guide.word', { word: word.length > 40 ? `${word.slice(0, 40)}…` : word }))
    .join(t('guide.comma'));
  return finding.covered ? list : `${t('guide.more-needed', { list, found: finding.found, needed: finding.needed })} ${t(`guide.looks-for.${check}`)}`;
}
