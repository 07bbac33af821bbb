/** Lots of submitted images that are taken or turned down by a sample. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Aql, aqls, type InspectionLevel, inspectionLevels } from '../../../../shared/domain/agreement/acceptance.ts';
import type { AcceptanceLot } from '../../../../shared/domain/agreement/queues.ts';
import { useHost } from '../../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../../queries/client.ts';
import { useSaveTable } from '../../../queries/save-table.ts';
import { showImages } from '../../../queries/similar.ts';
import { Button } from '../../../ui/Button.tsx';
import { ChartCard } from '../../../ui/charts/ChartCard.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Select } from '../../../ui/Select.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './Agreement.module.css';

const everybody = 'all';

export function LotsCard({ nameOf }: { readonly nameOf: (personId: string) => string }): ReactElement {
  const { t, i18n } = useTranslation();
  const numbers = useNumbers();
  const { client } = useHost();
  const save = useSaveTable();
  const { data: people = [] } = useQueryMethod('people.list', {});
  const { data: lots = [], refetch } = useQueryMethod('agreement.lots', {}, { staleTime: 0 });
  const make = useCommandMethod('agreement.newLot');
  const [level, setLevel] = useState<InspectionLevel>('II');
  const [aql, setAql] = useState<Aql>(2.5);
  const [personId, setPersonId] = useState<string>(everybody);
  const dates = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const whose = (lot: AcceptanceLot) => (lot.personId === null ? t('agreement.everybody') : nameOf(lot.personId));
  const openPart = (lot: AcceptanceLot, part: 'sample' | 'rest' | 'wrong') =>
    void showImages(client, t(`agreement.lot.${part}`), (now) => now.call('agreement.lotItems', { lotId: lot.id, part }), true).catch(toastError);
  const acceptRest = async (lot: AcceptanceLot) => {
    const { imageIds } = await client.call('agreement.lotItems', { lotId: lot.id, part: 'rest' });
    if (imageIds.length === 0) return;
    const { changed } = await client.call('edits.bulk', { imageIds, change: { state: 'accepted' } });
    toast('good', t('agreement.lot.taken', { count: changed, shown: numbers.count(changed) }));
    await refetch();
  };
  const percent = (value: number) => `${new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 2 }).format(value)} %`;
  return (
    <ChartCard
      title={t('agreement.lots')}
      about={t('agreement.lots-about')}
      chart={null}
      columns={[
        { title: t('agreement.lot.made') },
        { title: t('agreement.lot.whose') },
        { title: t('agreement.lot.size'), numeric: true },
        { title: t('agreement.lot.plan') },
        { title: t('agreement.lot.looked'), numeric: true },
        { title: t('agreement.lot.wrong'), numeric: true },
        { title: t('agreement.lot.risks') },
        { title: t('agreement.lot.verdict') },
      ]}
      rows={lots.map((lot) => ({
        key: lot.id,
        cells: [
          { text: dates.format(lot.madeAt) },
          { text: whose(lot) },
          { text: numbers.count(lot.size) },
          { text: t('agreement.lot.plan-is', { n: lot.plan.sampleSize, c: lot.plan.acceptNumber, level: lot.level, aql: lot.aql }) },
          { text: `${lot.looked} / ${lot.plan.sampleSize}`, open: { name: t('agreement.lot.sample'), run: () => openPart(lot, 'sample') } },
          { text: String(lot.wrong), ...(lot.wrong > 0 ? { open: { name: t('agreement.lot.wrong'), run: () => openPart(lot, 'wrong') } } : {}) },
          { text: t('agreement.lot.risks-are', { producer: percent(100 * lot.risks.producer), limiting: percent(lot.risks.limitingPct) }) },
          {
            text: t(`agreement.lot.is.${lot.verdict}`),
            ...(lot.verdict === 'accepted' ? { open: { name: t('agreement.lot.take-rest'), run: () => void acceptRest(lot).catch(toastError) } } : {}),
          },
        ],
      }))}
      csv={[
        ['made', 'whose', 'size', 'level', 'aql_pct', 'sample', 'accept_number', 'looked', 'wrong', 'producer_risk', 'limiting_pct', 'verdict'],
        ...lots.map((lot) => [
          new Date(lot.madeAt).toISOString(),
          whose(lot),
          lot.size,
          lot.level,
          lot.aql,
          lot.plan.sampleSize,
          lot.plan.acceptNumber,
          lot.looked,
          lot.wrong,
          lot.risks.producer,
          lot.risks.limitingPct,
          lot.verdict,
        ]),
      ]}
      onSave={(table) => save('acceptance-lots', table)}
      wide
    >
      <div className={styles.actions}>
        <Select label={t('agreement.lot.level')} value={level} options={inspectionLevels.map((value) => ({ value, text: value }))} onChange={setLevel} />
        <Select
          label={t('agreement.lot.aql')}
          value={String(aql)}
          options={aqls.map((value) => ({ value: String(value), text: `${value} %` }))}
          onChange={(value) => setAql(Number(value) as Aql)}
        />
        <Select
          label={t('agreement.lot.whose')}
          value={personId}
          options={[{ value: everybody, text: t('agreement.everybody') }, ...people.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={setPersonId}
        />
        <Button
          isDisabled={make.isPending}
          onPress={() =>
            make.mutate(
              { level, aql, personId: personId === everybody ? null : personId, seed: Math.floor(Math.random() * 0x7fffffff) },
              { onSuccess: () => void refetch() },
            )
          }
        >
          {t('agreement.lot.make')}
        </Button>
      </div>
      {make.error ? (
        <p className={styles.note} role="alert">
          {errorSentence(make.error)}
        </p>
      ) : null}
    </ChartCard>
  );
}
