/** Submitted images that a reviewer should look at first, each with the reasons. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskItem } from '../../../../shared/domain/agreement/queues.ts';
import type { RiskReason } from '../../../../shared/domain/agreement/risk.ts';
import { useHost } from '../../../host/host.ts';
import { useCommandMethod } from '../../../queries/client.ts';
import { useSaveTable } from '../../../queries/save-table.ts';
import { showImages } from '../../../queries/similar.ts';
import { navigate } from '../../../stores/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { ChartCard } from '../../../ui/charts/ChartCard.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import styles from './Agreement.module.css';
import { two } from '../figure-text.ts';

const SHOWN = 50;

export function QueueCard({ nameOf }: { readonly nameOf: (personId: string) => string }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const numbers = useNumbers();
  const save = useSaveTable();
  const ask = useCommandMethod('agreement.queue');
  const [items, setItems] = useState<readonly RiskItem[] | null>(null);
  const title = t('agreement.queue');
  const sort = () => ask.mutate({}, { onSuccess: (found) => setItems(found.items) });
  const reason = ({ code, figure }: RiskReason) =>
    t(`agreement.risk.${code}`, {
      figure:
        code === 'unseen-proposals'
          ? numbers.percent(figure)
          : code === 'low-agreement' || code === 'low-gold'
            ? two(figure)
            : numbers.count(Math.round(figure)),
    });
  const reasons = (item: RiskItem) => item.reasons.map(reason).join(' · ');
  if (items === null) {
    return (
      <section className={styles.asked}>
        <h3 className={styles.cardTitle}>{title}</h3>
        <p className={styles.note}>{ask.error ? errorSentence(ask.error) : t('agreement.queue-about')}</p>
        <Button onPress={sort} isDisabled={ask.isPending}>
          {t('agreement.queue-sort')}
        </Button>
      </section>
    );
  }
  return (
    <ChartCard
      title={title}
      about={t('agreement.queue-about')}
      chart={null}
      empty={items.length === 0 ? t('agreement.queue-empty') : null}
      columns={[
        { title: t('agreement.image') },
        { title: t('agreement.person') },
        { title: t('agreement.risk-score'), numeric: true },
        { title: t('agreement.reasons') },
      ]}
      rows={items.slice(0, SHOWN).map((item) => ({
        key: item.imageId,
        cells: [
          { text: item.name, open: { name: item.name, run: () => navigate({ screen: 'annotate', imageId: item.imageId }) } },
          { text: item.personId === '' ? '' : nameOf(item.personId) },
          { text: String(item.score) },
          { text: reasons(item) },
        ],
      }))}
      csv={[
        ['image', 'person', 'risk', 'reasons'],
        ...items.map((item) => [item.name, nameOf(item.personId), item.score, item.reasons.map(({ code, points }) => `${code} ${points}`).join('; ')]),
      ]}
      onSave={(table) => save('review-by-risk', table)}
      wide
    >
      <div className={styles.actions}>
        <Button onPress={() => void showImages(client, title, (now) => now.call('agreement.queue', {}), true).catch(toastError)}>
          {t('agreement.queue-open')}
        </Button>
        <Button onPress={sort}>{t('agreement.queue-again')}</Button>
      </div>
    </ChartCard>
  );
}
