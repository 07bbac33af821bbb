/** Each person against the others and against gold, and whether that changes. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonAgreement } from '../../../../shared/domain/agreement/overview.ts';
import { useSaveTable } from '../../../queries/save-table.ts';
import { ChartCard } from '../../../ui/charts/ChartCard.tsx';
import { IntervalChart } from '../../../ui/charts/IntervalChart.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { Cards } from './AgreementTab.tsx';
import { ESTIMATE_HEADS, estimateCells, estimateText, two } from '../figure-text.ts';

type Side = 'peers' | 'gold';
const driftOf = (person: PersonAgreement, side: Side) => (side === 'gold' ? person.goldDrift : person.peersDrift);

export function PeopleCard({ overview, nameOf, open }: Cards): ReactElement {
  const { t } = useTranslation();
  const save = useSaveTable();
  const { radiusPct, people, goldImages } = overview;
  const cell = (person: PersonAgreement, side: Side) => {
    const found = person[side];
    if (!found) return { text: '' };
    const what = `${nameOf(person.personId)}: ${t(`agreement.against.${side}`)}`;
    return {
      text: estimateText(found),
      open: { name: t('agreement.opens', { what, count: found.n }), run: () => open(what, { what: side, radiusPct, personId: person.personId }) },
    };
  };
  const title = t('agreement.people');
  return (
    <ChartCard
      title={title}
      about={goldImages > 0 ? t('agreement.gold-about', { count: goldImages }) : t('agreement.gold-none')}
      chart={null}
      columns={[
        { title: t('agreement.person') },
        { title: t('agreement.against.peers'), numeric: true },
        { title: t('agreement.against.gold'), numeric: true },
        { title: t('agreement.change') },
      ]}
      rows={people.map((person) => ({
        key: person.personId,
        cells: [
          { text: nameOf(person.personId) },
          cell(person, 'peers'),
          cell(person, 'gold'),
          { text: t(`agreement.drift-short.${(person.gold ? person.goldDrift : person.peersDrift).verdict}`) },
        ],
      }))}
      csv={[
        ['person', ...ESTIMATE_HEADS.map((head) => `peers_${head}`), ...ESTIMATE_HEADS.map((head) => `gold_${head}`), 'peers_change', 'gold_change'],
        ...people.map((person) => [
          nameOf(person.personId),
          ...estimateCells(person.peers),
          ...estimateCells(person.gold),
          person.peersDrift.verdict,
          person.goldDrift.verdict,
        ]),
      ]}
      onSave={(table) => save('agreement-by-person', table)}
      wide
    />
  );
}

/** One person's scores, twenty images a dot. */
export function DriftCard({ overview, nameOf, open }: Cards): ReactElement | null {
  const { t, i18n } = useTranslation();
  const save = useSaveTable();
  const [wishedId, setWishedId] = useState<string | null>(null);
  const [side, setSide] = useState<Side>(overview.people.some(({ gold }) => gold) ? 'gold' : 'peers');
  const known = overview.people.filter((person) => person[side] !== null);
  const person = known.find(({ personId }) => personId === wishedId) ?? known[0];
  const dates = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric' });
  const sides = (['peers', 'gold'] as const).filter((one) => overview.people.some((other) => other[one] !== null));
  const drift = person && driftOf(person, side);
  const title = t('agreement.drift');
  const windows = drift?.windows ?? [];
  const name = person ? nameOf(person.personId) : '';
  const points = windows.map((window, at) => {
    const span = `${dates.format(window.from)} – ${dates.format(window.to)}`;
    return {
      key: `${window.from} ${at}`,
      label: dates.format(window.to),
      value: window.value,
      low: window.low,
      high: window.high,
      name: `${span}: ${estimateText(window)}. ${t('agreement.opens', { what: name, count: window.n })}`,
      onOpen: () => open(`${name}: ${span}`, { what: side, radiusPct: overview.radiusPct, personId: person!.personId, from: window.from, to: window.to }),
    };
  });
  const sentence =
    drift === undefined || drift.verdict === 'too-few' || drift.before === null || drift.now === null
      ? t('agreement.drift-says.too-few', { name })
      : drift.since === null
        ? t('agreement.drift-says.steady', { name, now: two(drift.now) })
        : t(`agreement.drift-says.${drift.verdict}`, { name, date: dates.format(drift.since), before: two(drift.before), now: two(drift.now) });
  return (
    <ChartCard
      title={title}
      about={sentence}
      empty={person ? null : t('agreement.drift-none')}
      chart={<IntervalChart sentence={`${title}: ${sentence}`} points={points} />}
      columns={[{ title: t('agreement.until') }, { title: t('agreement.score'), numeric: true }, { title: t('agreement.images'), numeric: true }]}
      rows={windows.map((window, at) => ({
        key: String(at),
        cells: [{ text: dates.format(window.to) }, { text: estimateText(window) }, { text: String(window.n) }],
      }))}
      csv={[
        ['person', 'from', 'to', ...ESTIMATE_HEADS],
        ...windows.map((window) => [name, new Date(window.from).toISOString(), new Date(window.to).toISOString(), ...estimateCells(window)]),
      ]}
      onSave={(table) => save('agreement-over-time', table)}
      wide
    >
      <Select
        label={t('agreement.person')}
        value={person?.personId ?? ''}
        options={known.map(({ personId }) => ({ value: personId, text: nameOf(personId) }))}
        onChange={setWishedId}
      />
      <Select
        label={t('agreement.against-what')}
        value={side}
        options={sides.map((value) => ({ value, text: t(`agreement.against.${value}`) }))}
        onChange={setSide}
      />
    </ChartCard>
  );
}
