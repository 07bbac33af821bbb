/** Accepts many images by a sample: the program draws, a person judges each of the drawn, and is told what the sample says of the rest before they accept it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upperBound95 } from '../../../../shared/domain/exact-bound.ts';
import { type ImageCard, type ImageFilter, imageFilterSchema } from '../../../../shared/domain/image.ts';
import { useHost } from '../../../host/host.ts';
import { changeImages, leftOut } from '../../../queries/gallery.ts';
import { Button } from '../../../ui/Button.tsx';
import { toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './QueueTab.module.css';
import { dropSample, type Sample, setSample, useSample } from './sample-store.ts';

/** Ids of one call. */
const IDS = 100_000;

interface SamplePartProps {
  readonly filter: ImageFilter;
  readonly total: number;
  readonly onWalk: (filter: ImageFilter, imageId: string) => void;
}
export function SamplePart({ filter, total, onWalk }: SamplePartProps): ReactElement {
  const { t } = useTranslation();
  const sample = useSample();
  return (
    <section className={styles.sample} aria-labelledby="sample-title">
      <h2 id="sample-title" className={styles.title}>
        {t('queue.sample.title')}
      </h2>
      <p className={styles.note}>{t('queue.sample.about')}</p>
      {sample ? <Judged sample={sample} onWalk={onWalk} /> : <Draw filter={filter} total={total} />}
    </section>
  );
}

function Draw({ filter, total }: Omit<SamplePartProps, 'onWalk'>): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const [size, setSize] = useState('30');
  const [seed, setSeed] = useState('1');
  const draw = async () => {
    const wanted = Math.min(Math.max(1, Math.round(Number(size) || 0)), 2000, total);
    // The set is fixed now: what is submitted later was not in it when the sample was drawn.
    const setIds: string[] = [];
    for (let page = IDS; page === IDS;) {
      const { ids } = await client.call('images.ids', { filter, offset: setIds.length, limit: IDS });
      setIds.push(...ids);
      page = ids.length;
    }
    const drawn = await client.call('review.sample', { filter, size: wanted, seed });
    setSample({ rankingId: drawn.rankingId, imageIds: drawn.imageIds, setIds });
  };
  return (
    <div className={styles.bar}>
      <TextField label={t('queue.sample.size')} inputMode="numeric" value={size} onChange={setSize} />
      <TextField label={t('queue.sample.seed')} value={seed} onChange={setSeed} maxLength={100} />
      <Button onPress={() => void draw().catch(toastError)}>{t('queue.sample.draw')}</Button>
    </div>
  );
}

function Judged({ sample, onWalk }: { readonly sample: Sample; readonly onWalk: SamplePartProps['onWalk'] }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const numbers = useNumbers();
  const filter = imageFilterSchema.parse({ ranking: sample.rankingId, sort: 'similarity' });
  const cards = useSampleCards(sample, filter);
  const right = cards.filter((card) => card.state === 'accepted').length;
  const wrong = cards.filter((card) => card.state === 'returned' || card.state === 'draft').length;
  const checked = right + wrong;
  const left = cards.find((card) => card.state === 'submitted' || card.state === 'in-review');
  const drawn = new Set(sample.imageIds);
  const rest = sample.setIds.filter((id) => !drawn.has(id));
  const isJudged = cards.length === sample.imageIds.length && left === undefined;
  const accept = async () => {
    const result = await changeImages(client, rest, { state: 'accepted' });
    const left = leftOut(result);
    const done = t('queue.sample.accepted', { count: result.changed, n: numbers.count(result.changed) });
    toast(left ? 'warn' : 'good', left ? `${done} ${left}` : done, { sticky: left !== null });
    dropSample();
  };
  const bound = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(upperBound95(wrong, checked));
  return (
    <>
      <p role="status">
        {t('queue.sample.judged', { checked: numbers.count(checked), size: numbers.count(sample.imageIds.length), wrong: numbers.count(wrong) })}
        {checked > 0 ? ` ${t('queue.sample.bound', { bound })}` : ''}
      </p>
      <div className={styles.bar}>
        {left ? (
          <Button variant="primary" onPress={() => onWalk(filter, left.id)}>
            {t('queue.sample.judge')}
          </Button>
        ) : null}
        <Button isDisabled={!isJudged || rest.length === 0} onPress={() => void accept().catch(toastError)}>
          {t('queue.sample.accept', { count: rest.length, n: numbers.count(rest.length) })}
        </Button>
        <Button onPress={dropSample}>{t('queue.sample.drop')}</Button>
      </div>
    </>
  );
}

/** As many images as a page of the core has at most; a sample has up to 2,000. */
const PAGE = 500;

/** The drawn images as they are now, all pages of them; read again when images change. */
function useSampleCards(sample: Sample, filter: ImageFilter): readonly ImageCard[] {
  const { client } = useHost();
  const { data = [] } = useQuery({
    queryKey: ['images.page', filter, 'all'],
    queryFn: async ({ signal }) => {
      const cards: ImageCard[] = [];
      for (let offset = 0; offset < sample.imageIds.length; offset += PAGE) {
        const { images } = await client.call('images.page', { filter, offset, limit: PAGE }, signal);
        cards.push(...images);
      }
      return cards;
    },
    placeholderData: keepPreviousData,
  });
  return data;
}
