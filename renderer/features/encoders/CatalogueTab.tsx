/** Encoders that are known to work, to be chosen by what the machine can do. */
import { ArrowDown, ArrowUp, Download } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { InstalledEncoder } from '../../../shared/domain/encoder.ts';
import type { CatalogueEncoder } from '../../../shared/domain/encoder-catalogue.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { toastError } from '../../ui/errors.ts';
import { sizeText } from '../../ui/size-text.ts';
import { Abilities } from './Abilities.tsx';
import { type Column, columns, estimate, sorted } from './catalogue-order.ts';
import styles from './Encoders.module.css';

interface CatalogueProps {
  readonly entries: readonly CatalogueEncoder[];
  readonly installed: readonly InstalledEncoder[];
  readonly onStarted: () => void;
}
export function CatalogueTab({ entries, installed, onStarted }: CatalogueProps): ReactElement {
  const { t } = useTranslation();
  const [column, setColumn] = useState<Column>('fit');
  const [down, setDown] = useState(false);
  const [published, setPublished] = useState(false);
  const rows = sorted(
    entries.filter(({ variants }) => !published || variants.length > 0),
    column,
    down,
  );
  const sort = (by: Column) => {
    setDown(by === column ? !down : false);
    setColumn(by);
  };
  return (
    <div className={styles.panel}>
      <p className={styles.second}>{t('encoders.catalogue-about')}</p>
      <Checkbox isSelected={published} onChange={setPublished}>
        {t('encoders.only-published')}
      </Checkbox>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((by) => (
              <th key={by} scope="col" aria-sort={by === column ? (down ? 'descending' : 'ascending') : 'none'} data-number={by !== 'name' && by !== 'fit'}>
                <PlainButton className={styles.sort!} onPress={() => sort(by)}>
                  {t(`encoders.column.${by}`)}
                  {by === column ? down ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden /> : null}
                </PlainButton>
              </th>
            ))}
            <th scope="col">{t('encoders.abilities')}</th>
            <th scope="col">{t('encoders.get')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((entry) => (
            <CatalogueRow key={entry.id} entry={entry} installed={installed} onStarted={onStarted} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CatalogueRow({ entry, installed, onStarted }: { entry: CatalogueEncoder } & Omit<CatalogueProps, 'entries'>): ReactElement {
  const { t, i18n } = useTranslation();
  const number = (value: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(value);
  const guess = estimate(entry, installed);
  return (
    <tr>
      <th scope="row">
        {entry.name}
        <span className={styles.second}>{entry.licence}</span>
      </th>
      <td>
        <span className={styles.badge} data-tone={guess.fit === 'light' ? 'good' : guess.fit === 'heavy' ? 'warn' : undefined}>
          {t(`encoders.fit.${guess.fit}`)}
        </span>
        {guess.imagesPerSecond === null ? null : (
          <span className={styles.second}>
            {t('encoders.guess', { speed: new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 1 }).format(guess.imagesPerSecond) })}
          </span>
        )}
      </td>
      <td data-number>{t('encoders.million', { n: number(entry.parameters) })}</td>
      <td data-number>{t('encoders.px', { n: entry.inputSize })}</td>
      <td data-number>{entry.patchSize}</td>
      <td data-number>{entry.zeroShot === null ? '–' : number(entry.zeroShot)}</td>
      <td>
        <Abilities abilities={entry.abilities} brief />
      </td>
      <td>
        <Get entry={entry} installed={installed} onStarted={onStarted} />
      </td>
    </tr>
  );
}

function Get({ entry, installed, onStarted }: { entry: CatalogueEncoder } & Omit<CatalogueProps, 'entries'>): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const download = useCommandMethod('encoders.download');
  if (entry.variants.length === 0) return <span className={styles.second}>{t('encoders.needs-recipe')}</span>;
  if (!desktop) return <span className={styles.second}>{t('encoders.published')}</span>;
  return (
    <div className={styles.get}>
      {entry.variants.map(({ id, megabytes }) => {
        const isHere = installed.some((other) => other.id === (id === 'fp32' ? entry.id : `${entry.id}-${id}`));
        const size = megabytes === null ? '' : ` ${sizeText(megabytes * 1e6)}`;
        return (
          <Button
            key={id}
            aria-label={`${t('encoders.download')} ${entry.name} ${t(`encoders.variant.${id}`)}${size}`}
            isDisabled={isHere || download.isPending}
            onPress={() => download.mutate({ address: entry.source, variant: id }, { onSuccess: onStarted, onError: toastError })}
          >
            <Download size={13} aria-hidden />
            {isHere ? t('encoders.here') : `${t(`encoders.variant.${id}`)}${size}`}
          </Button>
        );
      })}
    </div>
  );
}
