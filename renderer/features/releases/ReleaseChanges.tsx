/** What changed between two states: numbers first, then image by image, texts word by word. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImageState, imageStates } from '../../../shared/domain/model.ts';
import { changeKinds, type ItemChange, type ItemDiff, type ReleaseDiff } from '../../../shared/domain/release-diff.ts';
import { useHost } from '../../host/host.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { navigate } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { ChangedPart, TextDiff } from '../../ui/TextDiff.tsx';
import styles from './Releases.module.css';

/** Images told at a time. */
const STEP = 30;

export function ReleaseChanges({ diff }: { diff: ReleaseDiff }): ReactElement {
  const { t, i18n } = useTranslation();
  const numbers = useNumbers();
  const [told, setTold] = useState(STEP);
  if (diff.images === 0) return <EmptyState>{t('releases.no-change')}</EmptyState>;
  const percent = (value: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(value);
  const shown = diff.items.slice(0, told);
  return (
    <section className={styles.changes} aria-label={t('releases.changes')} data-testid="release-changes">
      <p className={styles.sum}>
        <b>{t('releases.changed', { count: diff.images, shown: numbers.count(diff.images) })}</b>
        {changeKinds
          .filter((kind) => diff.counts[kind] > 0)
          .map((kind) => (
            <span key={kind} className={styles.chip}>
              {t(`releases.kinds.${kind}`, { count: diff.counts[kind], shown: numbers.count(diff.counts[kind]) })}
            </span>
          ))}
      </p>
      {diff.moved ? <p className={styles.second}>{t('releases.moved', { median: percent(diff.moved.medianPct), most: percent(diff.moved.maxPct) })}</p> : null}
      <ul className={styles.items}>
        {shown.map((item) => (
          <Item key={item.imageId} item={item} percent={percent} />
        ))}
      </ul>
      {told < diff.items.length ? (
        <Button onPress={() => setTold(told + STEP)}>{t('releases.more', { shown: numbers.count(diff.items.length - told) })}</Button>
      ) : diff.items.length < diff.images ? (
        <p className={styles.second}>{t('releases.rest', { shown: numbers.count(diff.images - diff.items.length) })}</p>
      ) : null}
    </section>
  );
}

function Item({ item, percent }: { item: ItemDiff; percent: (value: number) => string }): ReactElement {
  const { t } = useTranslation();
  const { thumbUrl } = useHost();
  const open = () => {
    closeDialog();
    navigate({ screen: 'annotate', imageId: item.imageId });
  };
  return (
    <li className={styles.item}>
      <button type="button" className={styles.open} aria-label={t('releases.open-image', { name: item.name })} onClick={open}>
        <img src={thumbUrl({ id: item.imageId, sha256: item.sha256 })} alt="" loading="lazy" decoding="async" />
      </button>
      <div className={styles.did}>
        <h4 className={styles.name}>{item.name}</h4>
        {item.changes.map((change, at) => (
          <Change key={at} change={change} percent={percent} />
        ))}
      </div>
    </li>
  );
}

function Change({ change, percent }: { change: ItemChange; percent: (value: number) => string }): ReactElement {
  const { t } = useTranslation();
  const { kind, before, after, count, movedPct } = change;
  const title = <span className={styles.kind}>{t(`releases.did.${kind}`, { count })}</span>;
  if (kind === 'image-added' || kind === 'image-left') return <p>{title}</p>;
  if (kind.startsWith('points-')) {
    return (
      <p>
        {title} “{after}”{movedPct === undefined ? '' : ` · ${t('releases.by', { most: percent(movedPct) })}`}
      </p>
    );
  }
  if (kind === 'state' || kind === 'presence-flipped') {
    const named = (value: string) =>
      (imageStates as readonly string[]).includes(value) ? t(`annotate.state.${value as ImageState}`) : t(`releases.presence.${value as 'present' | 'absent'}`);
    return (
      <p>
        {title} <ChangedPart kind="removed">{named(before)}</ChangedPart> <ChangedPart kind="added">{named(after)}</ChangedPart>
      </p>
    );
  }
  return (
    <div>
      {title}
      <TextDiff before={before} after={after} />
    </div>
  );
}
