/** An image with two texts, and the keys to choose by. Nothing here knows whose texts they are. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison, Outcome, ShownPair } from '../../../../shared/domain/compare/model.ts';
import { Keys } from '../../../commands/Keys.tsx';
import { useCommands } from '../../../commands/registry.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Compare.module.css';

export function PairView({ comparison, onResults }: { readonly comparison: Comparison; readonly onResults: () => void }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const numbers = useNumbers();
  const { data, error, refetch } = useQueryMethod('compare.next', { comparisonId: comparison.id }, { staleTime: 0, gcTime: 0 });
  const [large, setLarge] = useState(false);
  const [reason, setReason] = useState('');
  const busy = useRef(false);
  const pair = data?.pair ?? null;
  /** One after the other: a key that is pressed while a choice is saved would choose on a pair nobody saw. */
  const act = async (work: () => Promise<unknown>) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await work();
      setReason('');
      await refetch();
    } catch (thrown) {
      toastError(thrown);
    } finally {
      busy.current = false;
    }
  };
  const choose = (outcome: Outcome) =>
    act(async () => {
      if (!pair) return;
      const words = reason.trim();
      await client.call('compare.choose', { comparisonId: comparison.id, token: pair.token, outcome, reason: words === '' ? null : words });
    });
  const undo = () => act(() => client.call('compare.undo', { comparisonId: comparison.id }));
  const isShown = () => pair !== null;
  useCommands(
    [
      { id: 'compare.left', title: 'compare.command.left', section: 'review', keys: ['1'], enabled: isShown, run: () => choose('left') },
      { id: 'compare.right', title: 'compare.command.right', section: 'review', keys: ['2'], enabled: isShown, run: () => choose('right') },
      { id: 'compare.tie', title: 'compare.command.tie', section: 'review', keys: ['3', '0'], enabled: isShown, run: () => choose('tie') },
      { id: 'compare.bad', title: 'compare.command.bad', section: 'review', keys: ['b'], enabled: isShown, run: () => choose('bad') },
      { id: 'compare.undo', title: 'compare.command.undo', section: 'review', keys: ['u', '$mod+KeyZ'], enabled: () => (data?.mine ?? 0) > 0, run: undo },
      { id: 'compare.large', title: 'compare.command.large', section: 'review', keys: ['Space'], enabled: isShown, run: () => setLarge(!large) },
    ],
    [pair, reason, large, data?.mine, comparison.id],
  );
  if (error) return <p className={styles.problem}>{errorSentence(error)}</p>;
  if (!data) return <Spinner label={t('app.loading')} size={24} />;
  return (
    <div className={styles.pairView}>
      {pair ? <Pair pair={pair} large={large} onLarge={() => setLarge(!large)} /> : null}
      {pair ? (
        <div className={styles.choices} role="group" aria-label={t('compare.choose')}>
          <Choice of="left" onPress={() => void choose('left')} />
          <Choice of="tie" onPress={() => void choose('tie')} />
          <Choice of="bad" onPress={() => void choose('bad')} />
          <Choice of="right" onPress={() => void choose('right')} />
        </div>
      ) : (
        <EmptyState action={<Button onPress={onResults}>{t('compare.to-ratings')}</Button>}>{t('compare.all-seen')}</EmptyState>
      )}
      <div className={styles.foot}>
        {pair ? <TextField aria-label={t('compare.reason')} placeholder={t('compare.reason')} value={reason} onChange={setReason} maxLength={1000} /> : null}
        <Button variant="quiet" isDisabled={data.mine === 0} onPress={() => void undo()}>
          {t('compare.command.undo')} <Keys of="compare.undo" />
        </Button>
        <span className={styles.count} role="status" data-testid="compare-count">
          {t('compare.mine', { count: data.mine, shown: numbers.count(data.mine) })}
        </span>
      </div>
    </div>
  );
}

function Choice({ of, onPress }: { of: Outcome; onPress: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Button onPress={onPress}>
      {t(`compare.command.${of}`)} <Keys of={`compare.${of}`} />
    </Button>
  );
}

function Pair({ pair, large, onLarge }: { pair: ShownPair; large: boolean; onLarge: () => void }): ReactElement {
  const { t } = useTranslation();
  const { imageUrl } = useHost();
  const place = useRef<HTMLDivElement>(null);
  // Keys go to the pair, and a screen reader reads it from its beginning.
  useEffect(() => place.current?.focus(), [pair.token]);
  const text = (side: 'left' | 'right') => (
    <article className={styles.text} aria-label={t(`compare.${side}`)}>
      <h3 className={styles.side}>{side === 'left' ? '1' : '2'}</h3>
      <p data-testid={`compare-${side}`}>{pair[side]}</p>
    </article>
  );
  return (
    <div className={styles.pair} data-large={large || undefined} ref={place} tabIndex={-1} aria-label={t('compare.pair')} role="group">
      <button type="button" className={styles.stage} aria-label={t('compare.command.large')} aria-pressed={large} onClick={onLarge}>
        <img src={imageUrl(pair.image)} alt={pair.image.name} />
      </button>
      {pair.question === '' ? null : <p className={styles.question}>{pair.question}</p>}
      <div className={styles.texts}>
        {text('left')}
        {text('right')}
      </div>
    </div>
  );
}
