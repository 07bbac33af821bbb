/** What waits for a reviewer, in the order that they want; and accepting many by a sample. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImageFilter, imageFilterSchema } from '../../../../shared/domain/image.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useCommands } from '../../../commands/registry.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { useReturnReasons } from '../../../queries/return-reasons.ts';
import { navigate, sessionStore } from '../../../stores/session.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Select } from '../../../ui/Select.tsx';
import { Part } from '../Part.tsx';
import styles from './QueueTab.module.css';
import { SamplePart } from './SamplePart.tsx';

const STATES = ['waiting', 'submitted', 'in-review', 'returned', 'accepted'] as const;
const ORDERS = ['oldest', 'newest', 'risk'] as const;
const SHOWN = 100;
const ANYBODY = 'anybody';
const ANY = 'any';

/** Goes through a list on the annotate screen, where review has its keys. */
function walk(filter: ImageFilter, imageId: string): void {
  sessionStore.getState().set({ filter });
  navigate({ screen: 'annotate', imageId });
}

export function QueueTab(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { client, thumbUrl } = useHost();
  const [state, setState] = useState<(typeof STATES)[number]>('waiting');
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('oldest');
  const [person, setPerson] = useState<string>(ANYBODY);
  const [reason, setReason] = useState<string>(ANY);
  const reasons = useReturnReasons();
  const [ranking, setRanking] = useState<string | null>(null);
  const { data: people = [] } = useQueryMethod('people.list', {});
  const filter = imageFilterSchema.parse({
    states: state === 'waiting' ? ['submitted', 'in-review'] : [state],
    personId: person === ANYBODY ? null : person,
    returnReason: reason === ANY ? null : reason,
    ranking: order === 'risk' ? ranking : null,
    sort: order === 'risk' && ranking !== null ? 'similarity' : 'edited',
    descending: order === 'newest',
  });
  const { data: page, error } = useQueryMethod('images.page', { filter, offset: 0, limit: SHOWN }, { keepPrevious: true });
  const first = page?.images[0];
  const start = () => {
    if (first) walk(filter, first.id);
  };
  useCommands(
    [
      {
        id: 'review.walk',
        title: 'queue.command',
        short: 'queue.command-short',
        section: 'review',
        keys: ['$mod+Enter'],
        inText: true,
        enabled: () => first !== undefined,
        run: start,
      },
    ],
    [first?.id, JSON.stringify(filter)],
  );
  const byRisk = async () => {
    const { rankingId } = await client.call('agreement.queue', {});
    setRanking(rankingId);
    setOrder('risk');
  };
  const choose = (next: (typeof ORDERS)[number]) => (next === 'risk' ? void byRisk().catch(toastError) : setOrder(next));
  return (
    <Part title={t('quality.tab.review')} tools={<CommandButton of="review.walk" variant="primary" isDisabled={first === undefined} />}>
      <div className={styles.bar}>
        <Select label={t('queue.state')} value={state} options={STATES.map((value) => ({ value, text: t(`queue.states.${value}`) }))} onChange={setState} />
        <Select
          label={t('queue.person')}
          value={person}
          options={[{ value: ANYBODY, text: t('queue.anybody') }, ...people.map(({ id, name }) => ({ value: id, text: name }))]}
          onChange={setPerson}
        />
        <Select
          label={t('queue.reason')}
          value={reason}
          options={[{ value: ANY, text: t('queue.any-reason') }, ...reasons.codes.map((value) => ({ value, text: reasons.textOf(value) }))]}
          onChange={setReason}
        />
        <Select label={t('queue.order')} value={order} options={ORDERS.map((value) => ({ value, text: t(`queue.orders.${value}`) }))} onChange={choose} />
      </div>
      {error ? <EmptyState>{errorSentence(error)}</EmptyState> : null}
      {page?.total === 0 ? <EmptyState>{t('queue.empty')}</EmptyState> : null}
      {page && page.total > 0 ? (
        <>
          <p className={styles.count} role="status">
            {t('queue.count', { count: page.total, n: numbers.count(page.total) })}
            {page.total > SHOWN ? ` ${t('queue.first', { n: numbers.count(SHOWN) })}` : ''}
          </p>
          <ul className={styles.list}>
            {page.images.map((card) => (
              <li key={card.id}>
                <button type="button" className={styles.row} onClick={() => walk(filter, card.id)}>
                  <img className={styles.thumb} src={thumbUrl(card)} alt="" loading="lazy" />
                  <span className={styles.name}>{card.name}</span>
                  <span className={styles.facts}>{t('queue.facts', { words: numbers.count(card.captionWords), points: numbers.count(card.pointCount) })}</span>
                  <span className={styles.state}>{t(`gallery.states.${card.state}`)}</span>
                </button>
              </li>
            ))}
          </ul>
          <SamplePart filter={filter} total={page.total} onWalk={walk} />
        </>
      ) : null}
    </Part>
  );
}
