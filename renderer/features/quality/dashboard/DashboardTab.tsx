/** What the project's work comes to. Every number opens the images behind it; every card goes out as CSV. */
import { ChartColumn } from 'lucide-react';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type DashboardFigures, type FigureFilter, figureFilterSchema } from '../../../../shared/domain/figures.ts';
import { DEFAULT_RADIUS_PCT } from '../../../../shared/domain/agreement/points.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence } from '../../../ui/errors.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { WeekCard } from '../WeekCard.tsx';
import { useOpenFigure } from '../use-open-figure.ts';
import { useOverview } from '../use-overview.ts';
import { CoverageCard, LabelsCard, ProposalsCard, QuestionCard, ReasonsCard, StatesCard } from './ContentCards.tsx';
import { Part } from '../Part.tsx';
import styles from './Dashboard.module.css';
import { DashboardFilter } from './DashboardFilter.tsx';
import { DistributionCard } from './DistributionCard.tsx';
import { useDashboard } from './use-dashboard.ts';
import { DaysCard, PeopleCard } from './WorkCards.tsx';

/** Kept while the window is open: who comes back from the images behind a number finds the dashboard as it was. */
const filterStore = createStore<{ filter: FigureFilter }>(() => ({ filter: figureFilterSchema.parse({}) }));
const setFilter = (filter: FigureFilter) => filterStore.setState({ filter });
/** Images are still being counted: looked at again after this. */
const AGAIN_MS = 700;

export function DashboardTab(): ReactElement {
  const { t } = useTranslation();
  const filter = useStore(filterStore, (state) => state.filter);
  const { data: people = [] } = useQueryMethod('people.list', {});
  const { data: figures, error, refetch } = useQueryMethod('figures.overview', { filter }, { keepPrevious: true, staleTime: 0 });
  const isPending = (figures?.pending ?? 0) > 0;
  useEffect(() => {
    if (!isPending) return;
    const timer = setInterval(() => void refetch(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [isPending, refetch]);
  return (
    <Part title={t('quality.tab.dashboard')} tools={<DashboardFilter filter={filter} people={people} onFilter={setFilter} />}>
      {error ? <p className={styles.problem}>{errorSentence(error)}</p> : null}
      {!figures && !error ? <Spinner label={t('app.loading')} size={24} /> : null}
      {figures ? <Figures figures={figures} filter={filter} /> : null}
    </Part>
  );
}

function Figures({ figures, filter }: { figures: DashboardFigures; filter: FigureFilter }): ReactElement {
  const { t } = useTranslation();
  const dashboard = useDashboard(figures, filter);
  const { numbers } = dashboard;
  const waiting =
    figures.pending > 0 ? (
      <p className={styles.pending} role="status">
        {t('dashboard.pending', { count: figures.pending, shown: numbers.count(figures.pending) })}
      </p>
    ) : null;
  if (figures.span === null) {
    return (
      <>
        {waiting}
        <EmptyState icon={<ChartColumn size={28} aria-hidden />}>{t('dashboard.empty')}</EmptyState>
      </>
    );
  }
  if (figures.images === 0 && figures.people.length === 0) {
    return (
      <>
        {waiting}
        <EmptyState
          icon={<ChartColumn size={28} aria-hidden />}
          action={<Button onPress={() => setFilter(figureFilterSchema.parse({}))}>{t('dashboard.clear')}</Button>}
        >
          {t('dashboard.empty-filter')}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      {waiting}
      <div className={styles.cards}>
        <DaysCard {...dashboard} />
        <StatesCard dashboard={dashboard} />
        <CoverageCard dashboard={dashboard} />
        <LabelsCard dashboard={dashboard} />
        <PeopleCard {...dashboard} />
        <DistributionCard dashboard={dashboard} what="seconds" values={figures.seconds} />
        <DistributionCard dashboard={dashboard} what="words" values={figures.words} />
        <QuestionCard dashboard={dashboard} what="type" />
        <QuestionCard dashboard={dashboard} what="ability" />
        <ReasonsCard dashboard={dashboard} />
        <ProposalsCard dashboard={dashboard} />
        {isUnfiltered(filter) ? <AgreementWeeks /> : null}
      </div>
    </>
  );
}

const UNFILTERED = JSON.stringify(figureFilterSchema.parse({}));
const isUnfiltered = (filter: FigureFilter) => JSON.stringify(filter) === UNFILTERED;

/** Agreement over time. It is between people and of all states, so that no filter of this page means anything to it. */
function AgreementWeeks(): ReactElement | null {
  const { t } = useTranslation();
  const { overview } = useOverview(DEFAULT_RADIUS_PCT);
  const open = useOpenFigure();
  return overview ? <WeekCard overview={overview} open={open} title={t('dashboard.agreement')} /> : null;
}
