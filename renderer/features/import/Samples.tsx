/** The first items of an annotation file, each with its picture and its points: whether they lie where they should is seen at a glance. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SampleItem } from '../../../shared/domain/annotation-import.ts';
import { useHost } from '../../host/host.ts';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './Annotations.module.css';

export function Samples({ samples }: { samples: readonly SampleItem[] }): ReactElement | null {
  const { t } = useTranslation();
  if (samples.length === 0) return null;
  return (
    <div className={styles.samples} role="list" aria-label={t('annotations.preview')}>
      {samples.map((sample) => (
        <Sample key={`${sample.where} ${sample.name}`} sample={sample} />
      ))}
    </div>
  );
}

function Sample({ sample }: { sample: SampleItem }): ReactElement {
  const { t } = useTranslation();
  const { thumbUrl } = useHost();
  const numbers = useNumbers();
  const points = sample.labels.flatMap((label) => label.points);
  const texts = [
    ...sample.captions,
    ...sample.questions.map(({ question, answer }) => `${question} ${answer}`),
    ...(sample.labels.length > 0 ? [sample.labels.map(({ label, points: own }) => `${label} (${numbers.count(own.length)})`).join(', ')] : []),
  ];
  return (
    <div className={styles.sample} role="listitem">
      <div className={styles.frame}>
        {sample.pictureId === null ? (
          t('annotations.no-picture')
        ) : (
          <div className={styles.picture}>
            <img
              src={thumbUrl({ id: sample.pictureId, sha256: sample.pictureId })}
              alt={t('annotations.sample-picture', { name: sample.name, points: numbers.count(points.length) })}
            />
            {points.map((point, at) => (
              // Points of a sample never change their order.
              <span key={at} className={styles.dot} style={{ left: `${point.x}%`, top: `${point.y}%` }} />
            ))}
          </div>
        )}
      </div>
      <span className={styles.facts}>{[sample.name, sample.where].filter((part) => part !== '').join(' · ')}</span>
      {texts.slice(0, 2).map((text) => (
        <span key={text} className={styles.text} title={text}>
          {text}
        </span>
      ))}
    </div>
  );
}
