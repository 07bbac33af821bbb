/** Every text that a model reads or is to say, in turn, with what is more than words set apart, and how long it is in that model's terms. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { segmentsOf } from '../../../shared/formats/preview/named-points.ts';
import type { Target } from '../../../shared/formats/preview/targets.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { OPENVISION_CONTEXT } from '../../../shared/text/bert-tokens.ts';
import { CLIP_CONTEXT } from '../../../shared/text/clip-tokens.ts';
import { lengthHint } from '../../../shared/text/length-hint.ts';
import { useNumbers } from '../../ui/numbers.ts';
import styles from './TrainingEye.module.css';
import { useTokenCounts } from './use-token-counts.ts';

interface SampleTextsProps {
  readonly targets: readonly Target[];
  readonly profile: ExportProfile;
  /** Whose points are shown alone. */
  readonly marked: number | null;
  readonly onMark: (at: number | null) => void;
}
const isClip = (profile: ExportProfile): boolean => profile === 'open-clip-csv' || profile === 'open-clip-tar';

export function SampleTexts({ targets, profile, marked, onMark }: SampleTextsProps): ReactElement {
  const { t } = useTranslation();
  if (targets.length === 0) return <p className={styles.nothing}>{t('export.eye.nothing')}</p>;
  return (
    <ol className={styles.targets}>
      {targets.map((target, at) => (
        <li key={`${target.table}-${at}`} className={styles.target} data-testid="target">
          {target.asked ? <p className={styles.asked}>{t(`export.eye.asked-${target.asked.kind}`, { label: target.asked.label })}</p> : null}
          {target.turns.map(({ role, text }, turn) => (
            <div key={turn} className={styles.turn} data-role={role}>
              <span className={styles.role}>{t(`export.eye.role-${role}`)}</span>
              <p className={styles.said} data-selectable>
                {segmentsOf(text).map((segment, part) =>
                  segment.special ? (
                    <mark key={part} className={styles.special}>
                      {segment.text}
                    </mark>
                  ) : (
                    <span key={part}>{segment.text}</span>
                  ),
                )}
              </p>
            </div>
          ))}
          <p className={styles.length}>
            {isClip(profile) ? <ClipLength text={target.turns.at(-1)!.text} /> : <Length target={target} />}
            {target.points.length > 0 ? (
              <button type="button" className={styles.show} aria-pressed={marked === at} onClick={() => onMark(marked === at ? null : at)}>
                {t('export.eye.points', { count: target.points.length })}
              </button>
            ) : null}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Characters, and for captions the number by which Molmo is told how long they are. */
function Length({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const text = target.turns.at(-1)!.text;
  const count = [...text].length;
  const characters = t('export.eye.characters', { count, shown: numbers.count(count) });
  return <span>{target.asked?.kind === 'caption' ? `${characters} · ${t('export.eye.hint', { hint: `long_caption ${lengthHint(text)}` })}` : characters}</span>;
}

/** Tokens by the two vocabularies that are at hand; what is over is never read. */
function ClipLength({ text }: { text: string }): ReactElement {
  const { t } = useTranslation();
  const counts = useTokenCounts(text);
  if (!counts) return <span>{t('export.eye.counting')}</span>;
  const figure = (name: string, count: number, most: number) => (
    <span data-over={count > most || undefined}>
      {name} {count}/{most}
      {count > most ? ` · ${t('export.eye.cut', { count: count - most })}` : ''}
    </span>
  );
  return (
    <span className={styles.figures}>
      {figure('CLIP', counts.clip, CLIP_CONTEXT)}
      {figure('OpenVision', counts.openvision, OPENVISION_CONTEXT)}
    </span>
  );
}
