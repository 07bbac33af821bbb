/** What was written: labels and points, kinds of questions, coverage, returns and proposals. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { imageStates, questionTypes } from '../../../../shared/domain/model.ts';
import type { NamedSum } from '../../../../shared/domain/figures.ts';
import { abilities } from '../../../../shared/domain/settings.ts';
import { BarChart } from '../../../ui/charts/BarChart.tsx';
import { ChartCard, ChartNote } from '../../../ui/charts/ChartCard.tsx';
import { useReturnReasons } from '../../../queries/return-reasons.ts';
import { MixCard } from './MixCard.tsx';
import { type Dashboard, useDecimal } from './use-dashboard.ts';

type Props = { readonly dashboard: Dashboard };

export function StatesCard({ dashboard }: Props): ReactElement {
  const { t } = useTranslation();
  const { figures, numbers } = dashboard;
  const of = (state: string) => figures.states.find((one) => one.state === state)?.images ?? 0;
  return (
    <MixCard
      dashboard={dashboard}
      title={t('dashboard.states')}
      sentence={t('dashboard.states-sentence', { all: numbers.count(figures.images) })}
      unit={t('dashboard.images')}
      of={t('dashboard.state')}
      file="states"
      whole={figures.images}
      empty={t('dashboard.empty')}
      entries={imageStates.map((state) => ({
        key: state,
        label: t(`gallery.state-names.${state}`),
        value: of(state),
        text: numbers.count(of(state)),
        images: of(state),
        items: { kind: 'state', names: [state] },
      }))}
    />
  );
}

export function CoverageCard({ dashboard }: Props): ReactElement {
  const { t } = useTranslation();
  const { figures, numbers } = dashboard;
  const share = (images: number) => numbers.percent(figures.images === 0 ? 0 : images / figures.images);
  const { caption, questions, points } = figures.coverage;
  const parts = [
    ['caption', t('dashboard.with-caption'), caption],
    ['questions', t('dashboard.with-questions'), questions],
    ['points', t('dashboard.with-points'), points],
  ] as const;
  return (
    <MixCard
      dashboard={dashboard}
      title={t('dashboard.coverage')}
      about={t('dashboard.coverage-about')}
      sentence={t('dashboard.coverage-sentence', { caption: share(caption), questions: share(questions), points: share(points) })}
      unit={t('dashboard.images')}
      of={t('dashboard.coverage')}
      file="coverage"
      whole={figures.images}
      empty={t('dashboard.empty')}
      entries={parts.map(([kind, label, images]) => ({ key: kind, label, value: images, text: share(images), images, items: { kind } }))}
    />
  );
}

const MOST_LABELS = 14;

export function LabelsCard({ dashboard: { figures, numbers, open, save } }: Props): ReactElement {
  const { t } = useTranslation();
  const decimal = useDecimal();
  const title = t('dashboard.labels');
  const { labels } = figures;
  const first = labels[0];
  const shown = labels.slice(0, MOST_LABELS).toSorted((a, b) => b.value - a.value);
  const said = ({ name, images, value }: NamedSum) => ({ label: name, images: numbers.count(images), points: numbers.count(value) });
  const show = (name: string) => () => open(name, { kind: 'label', names: [name] });
  const share = (images: number) => numbers.percent(figures.images === 0 ? 0 : images / figures.images);
  return (
    <ChartCard
      title={title}
      about={t('dashboard.labels-about')}
      empty={first ? null : t('dashboard.labels-empty')}
      chart={
        <BarChart
          sentence={first ? t('dashboard.labels-sentence', said(first)) : ''}
          bars={shown.map((label) => ({
            key: label.name,
            label: label.name,
            value: label.value,
            text: numbers.count(label.value),
            name: t('dashboard.label-name', said(label)),
            onOpen: show(label.name),
          }))}
        />
      }
      columns={[
        { title: t('dashboard.label') },
        ...(['images', 'share', 'sets', 'points', 'points-each', 'absent'] as const).map((key) => ({ title: t(`dashboard.${key}`), numeric: true })),
      ]}
      rows={labels.map((label) => ({
        key: label.name,
        cells: [
          { text: label.name },
          { text: numbers.count(label.images), open: { name: t('dashboard.label-name', said(label)), run: show(label.name) } },
          { text: share(label.images) },
          { text: numbers.count(label.count) },
          { text: numbers.count(label.value) },
          { text: label.count === 0 ? '–' : decimal(label.value / label.count) },
          {
            text: numbers.count(label.absent),
            ...(label.absent > 0
              ? {
                  open: {
                    name: t('dashboard.images-of', { title: label.name, name: t('dashboard.absent'), shown: numbers.count(label.absent) }),
                    run: () => open(`${label.name}: ${t('dashboard.absent')}`, { kind: 'absent', names: [label.name] }),
                  },
                }
              : {}),
          },
        ],
      }))}
      csv={[['label', 'images', 'sets', 'points', 'absent'], ...labels.map(({ name, images, count, value, absent }) => [name, images, count, value, absent])]}
      onSave={(csv) => save('labels', csv)}
    >
      {figures.labelCount > Math.min(labels.length, MOST_LABELS) ? (
        <ChartNote>
          {t('dashboard.labels-more', { shown: numbers.count(Math.min(labels.length, MOST_LABELS)), all: numbers.count(figures.labelCount) })}
        </ChartNote>
      ) : null}
    </ChartCard>
  );
}

export function QuestionCard({ dashboard, what }: Props & { readonly what: 'type' | 'ability' }): ReactElement {
  const { t } = useTranslation();
  const { figures, numbers } = dashboard;
  const sums = what === 'type' ? figures.types : figures.abilities;
  const nameOf = (name: string) => {
    if (name === '') return t('dashboard.not-said');
    if (what === 'type') return (questionTypes as readonly string[]).includes(name) ? t(`questions.type.${name as (typeof questionTypes)[number]}`) : name;
    return (abilities as readonly string[]).includes(name) ? t(`questions.ability.${name as (typeof abilities)[number]}`) : name;
  };
  const all = sums.reduce((sum, { count }) => sum + count, 0);
  return (
    <MixCard
      dashboard={dashboard}
      title={t(what === 'type' ? 'dashboard.types' : 'dashboard.abilities')}
      sentence={t('dashboard.mix-sentence', { all: numbers.count(all), first: nameOf(sums[0]?.name ?? '') })}
      unit={t('dashboard.questions')}
      of={t(`dashboard.${what}`)}
      file={what === 'type' ? 'question-types' : 'abilities'}
      empty={t('dashboard.types-empty')}
      entries={sums.map(({ name, count, images }) => ({
        key: name,
        label: nameOf(name),
        value: count,
        text: numbers.count(count),
        images,
        items: { kind: what, names: [name] },
        ...(name === '' ? { color: 'var(--third)' } : {}),
      }))}
    />
  );
}

export function ReasonsCard({ dashboard }: Props): ReactElement {
  const { t } = useTranslation();
  const { figures, numbers } = dashboard;
  const { textOf: nameOf } = useReturnReasons();
  const all = figures.reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <MixCard
      dashboard={dashboard}
      title={t('dashboard.reasons')}
      sentence={t('dashboard.reasons-sentence', { all: numbers.count(all), first: nameOf(figures.reasons[0]?.name ?? '') })}
      unit={t('dashboard.times-returned')}
      of={t('dashboard.reason')}
      file="returns"
      empty={t('dashboard.reasons-empty')}
      entries={figures.reasons.map(({ name, count, images }) => ({
        key: name,
        label: nameOf(name),
        value: count,
        text: numbers.count(count),
        images,
        items: { kind: 'reason', names: [name] },
        color: 'var(--warn)',
      }))}
    />
  );
}

const verdicts = ['accepted', 'moved', 'rejected', 'open'] as const;
const VERDICT_COLORS = { accepted: 'var(--good)', moved: 'var(--accent)', rejected: 'var(--bad)', open: 'var(--third)' } as const;

export function ProposalsCard({ dashboard }: Props): ReactElement {
  const { t } = useTranslation();
  const { figures, numbers } = dashboard;
  const of = (verdict: string) => figures.proposals.find(({ name }) => name === verdict) ?? { count: 0, images: 0 };
  const all = figures.proposals.reduce((sum, { count }) => sum + count, 0);
  return (
    <MixCard
      dashboard={dashboard}
      title={t('dashboard.proposals')}
      sentence={t('dashboard.proposals-sentence', { accepted: numbers.count(of('accepted').count + of('moved').count), all: numbers.count(all) })}
      unit={t('dashboard.proposals-count')}
      of={t('dashboard.verdict')}
      file="proposals"
      empty={t('dashboard.proposals-empty')}
      {...(figures.hiddenShare > 0 ? { note: t('dashboard.proposals-hidden', { share: numbers.percent(figures.hiddenShare) }) } : {})}
      entries={verdicts.map((verdict) => ({
        key: verdict,
        label: t(`dashboard.verdicts.${verdict}`),
        value: of(verdict).count,
        text: numbers.count(of(verdict).count),
        images: of(verdict).images,
        items: { kind: 'proposal', names: [verdict] },
        color: VERDICT_COLORS[verdict],
      }))}
    />
  );
}
