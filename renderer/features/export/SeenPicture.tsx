/** The picture on the canvas of a model: stretched, padded or cut as its processor does it, with its tiles and the points that the texts name. */
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageView } from '../../../shared/formats/preview/image-view.ts';
import { seenShare } from '../../../shared/formats/preview/image-view.ts';
import type { NamedPoint } from '../../../shared/formats/preview/named-points.ts';
import type { ExportSample } from '../../../shared/formats/preview/sample.ts';
import { useHost } from '../../host/host.ts';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './TrainingEye.module.css';

interface SeenPictureProps {
  readonly sample: ExportSample;
  readonly image: { readonly id: string; readonly sha256: string; readonly name: string };
  readonly points: readonly NamedPoint[];
}
/** Marks are as large as this share of the longer side. */
const MARK = 0.014;

export function SeenPicture({ sample, image, points }: SeenPictureProps): ReactElement {
  const { t } = useTranslation();
  const { imageUrl } = useHost();
  const clipId = useId();
  const { widthPx, heightPx } = sample.image!;
  const canvas = sample.view?.canvas ?? { widthPx, heightPx };
  const picture = sample.view?.picture ?? { x: 0, y: 0, width: widthPx, height: heightPx };
  const radius = Math.max(canvas.widthPx, canvas.heightPx) * MARK;
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.picture}
        viewBox={`0 0 ${canvas.widthPx} ${canvas.heightPx}`}
        role="img"
        aria-label={t('export.eye.picture', { name: image.name, count: points.length })}
      >
        <clipPath id={clipId}>
          <rect width={canvas.widthPx} height={canvas.heightPx} />
        </clipPath>
        <rect className={styles.padding} width={canvas.widthPx} height={canvas.heightPx} />
        <g clipPath={`url(#${clipId})`}>
          <image href={imageUrl(image)} {...picture} preserveAspectRatio="none" />
        </g>
        {sample.view?.tiles.map((tile, at) => (
          <rect key={at} className={styles.tile} data-odd={at % 2 === 1 || undefined} {...inset(tile, radius * 0.25)} />
        ))}
        {points.map((point, at) => (
          <g
            key={at}
            className={styles.mark}
            data-as={point.as}
            transform={`translate(${picture.x + (point.x / 100) * picture.width} ${picture.y + (point.y / 100) * picture.height})`}
          >
            <title>{point.as}</title>
            <circle r={radius} />
            <circle r={radius * 0.25} />
          </g>
        ))}
      </svg>
      <figcaption className={styles.caption}>
        <Exported sample={sample} />
        {sample.view ? <Seen view={sample.view} /> : <span>{t('export.eye.model-decides')}</span>}
      </figcaption>
    </figure>
  );
}

/** Neighbouring crops overlap: without a little room their edges would be one line. */
const inset = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }, by: number) => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});

function Exported({ sample }: { sample: ExportSample }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { widthPx, heightPx, sizeBytes, isReference, unchanged } = sample.image!;
  const size = { width: widthPx, height: heightPx, bytes: numbers.bytes(sizeBytes) };
  return <span>{t(isReference ? 'export.eye.as-reference' : unchanged ? 'export.eye.as-is' : 'export.eye.as-copy', size)}</span>;
}

function Seen({ view }: { view: ImageView }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { model, canvas, fit, tiles, tokens, tokenPx, overviewPx } = view;
  const size = { model: t(`export.eye.models.${model}`), width: canvas.widthPx, height: canvas.heightPx };
  return (
    <>
      <span data-testid="seen">
        {fit === 'crop' ? t('export.eye.fit-crop', { ...size, share: numbers.percent(seenShare(view)) }) : t(`export.eye.fit-${fit}`, size)}{' '}
        {tiles.length > 0 ? t('export.eye.tiles', { count: tiles.length, side: tiles[0]!.width }) : ''}{' '}
        {overviewPx === null ? '' : t('export.eye.overview', { side: overviewPx })}
      </span>
      {tokens ? (
        <span>
          {t(tokens.atMost ? 'export.eye.tokens-most' : 'export.eye.tokens', { count: tokens.count, shown: numbers.count(tokens.count), side: tokenPx })}
        </span>
      ) : null}
      {model === 'qwen3-vl' || model === 'paligemma' || model === 'internvl' || model === 'clip' ? <span>{t(`export.eye.note-${model}`)}</span> : null}
    </>
  );
}
