/** What a model will be fed of one image: the picture as it sees it, every text to the letter, and what to look out for. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../../shared/rpc/client.ts';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { emptyFilter, useSession } from '../../stores/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './TrainingEye.module.css';
import { SeenPicture } from './SeenPicture.tsx';
import { SampleTexts } from './SampleTexts.tsx';
import { SampleWarnings } from './SampleWarnings.tsx';

type Choice = Input<'exports.preview'>;
/** Pictures of the strip at a time. */
const PAGE = 40;

export function TrainingEye({ choice }: { choice: Choice }): ReactElement {
  const { t } = useTranslation();
  const onScreen = useSession(({ route }) => (route.screen === 'annotate' ? route.imageId : null));
  const [chosen, setChosen] = useState(onScreen);
  const [offset, setOffset] = useState(0);
  const filter = { ...emptyFilter, states: choice.states ?? [] };
  const page = useQueryMethod('images.page', { filter, offset, limit: PAGE }, { keepPrevious: true });
  const imageId = chosen ?? page.data?.images[0]?.id ?? null;
  if (page.data?.total === 0 && imageId === null) return <EmptyState>{t('export.eye.no-images')}</EmptyState>;
  return (
    <div className={styles.eye}>
      <Strip images={page.data?.images ?? []} total={page.data?.total ?? 0} offset={offset} imageId={imageId} onTurn={setOffset} onChoose={setChosen} />
      {imageId === null ? <Spinner label={t('app.loading')} size={24} /> : <Sample choice={choice} imageId={imageId} />}
    </div>
  );
}

interface StripProps {
  readonly images: readonly { readonly id: string; readonly name: string; readonly sha256: string }[];
  readonly total: number;
  readonly offset: number;
  readonly imageId: string | null;
  readonly onTurn: (offset: number) => void;
  readonly onChoose: (imageId: string) => void;
}

function Strip({ images, total, offset, imageId, onTurn, onChoose }: StripProps): ReactElement {
  const { t } = useTranslation();
  const { thumbUrl } = useHost();
  return (
    <nav className={styles.strip} aria-label={t('export.eye.strip')}>
      {total > PAGE ? (
        <IconButton label={t('export.eye.earlier')} isDisabled={offset === 0} onPress={() => onTurn(Math.max(0, offset - PAGE))}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
      ) : null}
      <ul className={styles.thumbs}>
        {images.map((image) => (
          <li key={image.id}>
            <button
              type="button"
              className={styles.thumb}
              aria-label={image.name}
              title={image.name}
              aria-current={image.id === imageId || undefined}
              onClick={() => onChoose(image.id)}
            >
              <img src={thumbUrl(image)} alt="" loading="lazy" decoding="async" />
            </button>
          </li>
        ))}
      </ul>
      {total > PAGE ? (
        <IconButton label={t('export.eye.later')} isDisabled={offset + PAGE >= total} onPress={() => onTurn(offset + PAGE)}>
          <ChevronRight size={16} aria-hidden />
        </IconButton>
      ) : null}
    </nav>
  );
}

function Sample({ choice, imageId }: { choice: Choice; imageId: string }): ReactElement {
  const { t } = useTranslation();
  const sample = useQueryMethod('exports.sample', { ...choice, states: choice.states?.length ? choice.states : undefined, imageId }, { keepPrevious: true });
  const card = useQueryMethod('images.get', { imageId });
  const [marked, setMarked] = useState<number | null>(null);
  if (sample.error) return <EmptyState>{errorSentence(sample.error)}</EmptyState>;
  if (!sample.data || !card.data) return <Spinner label={t('app.loading')} size={24} />;
  const { targets, tables } = sample.data;
  const target = marked === null ? null : (targets[marked] ?? null);
  return (
    <div className={styles.sample} aria-busy={sample.isFetching} data-testid="training-eye">
      <div className={styles.left} role="region" tabIndex={0} aria-label={t('export.eye.seen')}>
        {sample.data.image ? (
          <SeenPicture sample={sample.data} image={card.data} points={(target ? [target] : targets).flatMap(({ points }) => points)} />
        ) : null}
        <SampleWarnings sample={sample.data} profile={choice.profile} />
      </div>
      <div className={styles.right} role="region" tabIndex={0} aria-label={t('export.eye.texts')}>
        <SampleTexts targets={targets} profile={choice.profile} marked={marked} onMark={setMarked} />
        {tables.map(({ name, rows }) => (
          <details key={name} className={styles.rows}>
            <summary>{t('export.eye.rows', { count: rows.length, table: name })}</summary>
            <pre data-selectable>
              {rows.map((row) => JSON.stringify('json' in row && Object.keys(row).length === 1 ? row['json'] : row, null, 1)).join('\n')}
            </pre>
          </details>
        ))}
      </div>
    </div>
  );
}
