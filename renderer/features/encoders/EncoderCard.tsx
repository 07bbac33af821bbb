/** One installed encoder: what it can do, how fast it is here, and what a person can do with it. */
import { Check, Gauge, Trash2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstalledEncoder } from '../../../shared/domain/encoder.ts';
import type { ProjectSettings } from '../../../shared/domain/settings.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { toastError } from '../../ui/errors.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { toast } from '../../ui/toasts.ts';
import { Abilities } from './Abilities.tsx';
import { IndexLine } from './IndexLine.tsx';
import styles from './Encoders.module.css';

type Used = NonNullable<ProjectSettings['encoder']>;

export function EncoderCard({ encoder, used }: { encoder: InstalledEncoder; used: Used | null }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const [asking, setAsking] = useState(false);
  const configure = useCommandMethod('project.configure');
  const measure = useCommandMethod('encoders.measure');
  const choose = (next: Used | null) => configure.mutate({ encoder: next }, { onError: toastError });
  const { id, name, licence, source, sizeBytes, inputSize, patchSize, bundled } = encoder;
  const facts = [sizeText(sizeBytes), t('encoders.pixels', { size: inputSize, patch: patchSize }), licence, ...(source ? [source] : [])];
  return (
    <li className={styles.card} data-used={used !== null} aria-label={name}>
      <div className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        {used ? (
          <span className={styles.badge} data-tone="good">
            <Check size={12} strokeWidth={3} aria-hidden />
            {t('encoders.used')}
          </span>
        ) : null}
        {bundled ? <span className={styles.badge}>{t('encoders.bundled')}</span> : null}
      </div>
      <Abilities abilities={encoder.abilities} />
      <p className={styles.second} data-selectable>
        {facts.join(' · ')}
      </p>
      <p className={styles.second} role="status">
        <Gauge size={13} aria-hidden className={styles.gauge} />
        {measure.isPending ? t('encoders.measuring') : <Measured encoder={encoder} />}
      </p>
      {used ? <IndexLine encoderId={id} /> : null}
      {used ? (
        <Checkbox isSelected={used.autoIndex} onChange={(autoIndex) => choose({ id, autoIndex })}>
          {t('encoders.auto-index')}
        </Checkbox>
      ) : null}
      {asking ? (
        <RemoveLine encoder={encoder} isUsed={used !== null} onEnd={() => setAsking(false)} />
      ) : (
        <div className={styles.row}>
          {used ? (
            <Button isDisabled={configure.isPending} onPress={() => choose(null)}>
              {t('encoders.stop-using')}
            </Button>
          ) : (
            <Button variant="primary" isDisabled={configure.isPending} onPress={() => choose({ id, autoIndex: true })}>
              {t('encoders.use')}
            </Button>
          )}
          {desktop ? (
            <Button isDisabled={measure.isPending} onPress={() => measure.mutate({ id }, { onError: toastError })}>
              {t('encoders.measure')}
            </Button>
          ) : null}
          {desktop && !bundled ? (
            <IconButton label={t('encoders.remove', { name })} onPress={() => setAsking(true)}>
              <Trash2 size={15} aria-hidden />
            </IconButton>
          ) : null}
        </div>
      )}
    </li>
  );
}

function Measured({ encoder: { measured } }: { encoder: InstalledEncoder }): ReactElement {
  const { t, i18n } = useTranslation();
  if (!measured) return <>{t('encoders.not-measured')}</>;
  const { imagesPerSecond, latencyMs, memoryBytes, threads } = measured;
  const number = (value: number) => new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: value < 100 ? 2 : 3 }).format(value);
  return <>{t('encoders.measured', { speed: number(imagesPerSecond), ms: number(latencyMs), memory: sizeText(memoryBytes), count: threads })}</>;
}

function RemoveLine({ encoder: { id, name, sizeBytes }, isUsed, onEnd }: { encoder: InstalledEncoder; isUsed: boolean; onEnd: () => void }): ReactElement {
  const { t } = useTranslation();
  const remove = useCommandMethod('encoders.remove');
  const run = () => remove.mutate({ id }, { onSuccess: () => toast('info', t('encoders.removed', { name })), onError: toastError, onSettled: onEnd });
  return (
    <div className={styles.row} role="group" aria-label={t('encoders.remove', { name })}>
      <p className={styles.grow}>{t(isUsed ? 'encoders.remove-used' : 'encoders.remove-sure', { name, size: sizeText(sizeBytes) })}</p>
      <Button autoFocus onPress={onEnd}>
        {t('app.cancel')}
      </Button>
      <Button variant="danger" isDisabled={remove.isPending} onPress={run}>
        {t('encoders.remove-it')}
      </Button>
    </div>
  );
}
