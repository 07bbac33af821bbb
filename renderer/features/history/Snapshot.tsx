/** The image as it was at a revision: its texts, and its points on a small picture of it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Doc } from '../../../shared/domain/model.ts';
import { readableAnswer } from '../../../shared/domain/point-mark.ts';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import styles from './History.module.css';

/** More dots than this say no more. */
const MOST_DOTS = 2000;

export function Snapshot({ doc, imageId, captionId }: { doc: Doc; imageId: string; captionId: string | null }): ReactElement {
  const { t } = useTranslation();
  const host = useHost();
  const { data: image } = useQueryMethod('images.get', { imageId });
  const colour = new Map(doc.pointSet.map((set, index) => [set.id, `var(--label-${(index % 8) + 1})`]));
  const captions = doc.caption.filter((row) => captionId === null || row.id === captionId);
  const all = captionId === null;
  return (
    <>
      {captions.map((row) => (
        <section key={row.id} className={styles.block}>
          <h3 className={styles.heading}>{t('history.place.caption')}</h3>
          <p className={styles.text} data-selectable>
            {row.text}
          </p>
        </section>
      ))}
      {all && doc.turn.length > 0 ? (
        <section className={styles.block}>
          <h3 className={styles.heading}>{t('annotate.questions.title')}</h3>
          {doc.turn.map((turn) => (
            <p key={turn.id} className={styles.text} data-selectable>
              <b>{t(`annotate.questions.${turn.role === 'question' ? 'q' : 'a'}`)}</b> {readableAnswer(doc, turn)}
            </p>
          ))}
        </section>
      ) : null}
      {all && doc.pointSet.length > 0 && image ? (
        <section className={styles.block}>
          <h3 className={styles.heading}>{t('annotate.points.title')}</h3>
          <div className={styles.picture} style={{ aspectRatio: `${image.widthPx} / ${image.heightPx}` }}>
            <img src={host.thumbUrl(image)} alt="" />
            {doc.point.slice(0, MOST_DOTS).map((point) => (
              <i key={point.id} style={{ left: `${point.xPct}%`, top: `${point.yPct}%`, background: colour.get(point.setId) }} />
            ))}
          </div>
          <ul className={styles.points}>
            {doc.pointSet.map((set) => (
              <li key={set.id}>
                {set.presence === 'absent'
                  ? `${set.label}: ${t('annotate.points.absent')}`
                  : t('annotate.points.spoken', { label: set.label, count: doc.point.filter((point) => point.setId === set.id).length })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {captions.length + (all ? doc.turn.length + doc.pointSet.length : 0) === 0 ? <p className={styles.note}>{t('history.nothing-then')}</p> : null}
    </>
  );
}
