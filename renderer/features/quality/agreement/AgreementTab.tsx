/** How far people agree, by what and by whom, and how each does against gold. Every number opens the images behind it. */
import { Scale } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgreementItems, AgreementOverview } from '../../../../shared/domain/agreement/overview.ts';
import { DEFAULT_RADIUS_PCT } from '../../../../shared/domain/agreement/points.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useNumbers } from '../../../ui/numbers.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { Part } from '../Part.tsx';
import styles from './Agreement.module.css';
import { WeekCard } from '../WeekCard.tsx';
import { FigureCard } from './FigureCards.tsx';
import { LotsCard } from './LotsCard.tsx';
import { DriftCard, PeopleCard } from './PeopleCards.tsx';
import { QueueCard } from './QueueCard.tsx';
import { useOpenFigure } from '../use-open-figure.ts';
import { useOverview } from '../use-overview.ts';

const radii = ['1', '2', '3', '5', '10'] as const;
/** Kept while the window is open. */
let chosen: (typeof radii)[number] = String(DEFAULT_RADIUS_PCT) as (typeof radii)[number];

/** What the cards share. */
export interface Cards {
  readonly overview: AgreementOverview;
  readonly nameOf: (personId: string) => string;
  readonly open: (title: string, items: AgreementItems) => void;
}

export function AgreementTab(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [radius, setRadius] = useState(chosen);
  const { overview, progress, problem, cancel } = useOverview(Number(radius));
  const { data: people = [] } = useQueryMethod('people.list', {});
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id.slice(0, 8);
  const open = useOpenFigure();
  return (
    <Part
      title={t('quality.tab.agreement')}
      tools={
        <Select
          label={t('agreement.radius')}
          value={radius}
          options={radii.map((value) => ({ value, text: t('agreement.radius-pct', { value }) }))}
          onChange={(value) => {
            chosen = value;
            setRadius(value);
          }}
        />
      }
    >
      {problem ? (
        <p className={styles.note} role="alert">
          {problem}
        </p>
      ) : null}
      {progress && progress.done < progress.total ? (
        <div className={styles.progress}>
          <ProgressBar
            label={t('agreement.comparing', { done: numbers.count(progress.done), total: numbers.count(progress.total) })}
            value={progress.done / progress.total}
          />
          <Button onPress={cancel}>{t('app.cancel')}</Button>
        </div>
      ) : null}
      {!overview && !problem ? <Spinner label={t('app.loading')} size={24} /> : null}
      {overview && overview.images === 0 ? <EmptyState icon={<Scale size={28} aria-hidden />}>{t('agreement.empty')}</EmptyState> : null}
      {overview ? (
        <>
          {overview.images > 0 ? (
            <p className={styles.note}>
              {t('agreement.about', { count: overview.images, shown: numbers.count(overview.images), radius })}{' '}
              {overview.textEncoder === null ? t('agreement.no-text-encoder') : t('agreement.text-encoder', { name: overview.textEncoder })}
            </p>
          ) : null}
          <div className={styles.cards}>
            <Content overview={overview} nameOf={nameOf} open={open} />
          </div>
        </>
      ) : null}
    </Part>
  );
}

function Content(cards: Cards): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {cards.overview.images > 0 ? (
        <>
          <FigureCard {...cards} grouping="all" />
          <FigureCard {...cards} grouping="label" />
          <FigureCard {...cards} grouping="pair" />
          <FigureCard {...cards} grouping="ability" />
          <WeekCard {...cards} title={t('agreement.by.week')} />
        </>
      ) : null}
      {cards.overview.people.length > 0 ? (
        <>
          <PeopleCard {...cards} />
          <DriftCard {...cards} />
        </>
      ) : null}
      <QueueCard nameOf={cards.nameOf} />
      <LotsCard nameOf={cards.nameOf} />
    </>
  );
}
