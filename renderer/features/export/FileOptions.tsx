/** How it is written: images, split, folder. */
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formats } from '../../../shared/formats/formats.ts';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { toastError } from '../../ui/errors.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { RangeInput } from '../../ui/RangeInput.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './ExportDialog.module.css';
import type { OptionsProps } from './WorkOptions.tsx';

const SIDES = ['none', '336', '448', '672', '768', '1024', '1536', '2048', '4096'] as const;
/** Lists of names in a text file: a million lines of 60 letters are 60 MB, and no list of a hundred thousand is larger than this. */
const MOST_BYTES = 10_000_000;

export function FileOptions({ wish, change, desktop }: OptionsProps & { readonly desktop: DesktopBridge }): ReactElement {
  return (
    <div className={styles.settings}>
      <Images wish={wish} change={change} />
      <Split wish={wish} change={change} />
      <Folder desktop={desktop} folder={wish.folder} onChange={(folder) => change({ folder })} />
    </div>
  );
}

function Images({ wish, change }: OptionsProps): ReactElement {
  const { t } = useTranslation();
  const takesReference = formats[wish.profile].images === 'files';
  const isReference = takesReference && wish.images === 'reference';
  const side = wish.maxSidePx === null ? 'none' : String(wish.maxSidePx);
  const sides = SIDES.includes(side as (typeof SIDES)[number]) ? SIDES : [...SIDES, side];
  return (
    <div className={styles.group}>
      <span className={styles.label}>{t('export.images')}</span>
      <Segmented
        label={t('export.images')}
        selected={isReference ? 'reference' : 'copy'}
        onSelect={(images) => change({ images })}
        items={[
          { id: 'copy', text: t('export.copy') },
          { id: 'reference', text: t('export.reference'), isDisabled: !takesReference },
        ]}
      />
      <span className={styles.second}>{t(!takesReference ? 'export.must-copy' : isReference ? 'export.reference-about' : 'export.copy-about')}</span>
      {isReference ? null : (
        <>
          <div className={styles.line}>
            <div className={styles.half}>
              <Select
                label={t('export.side')}
                value={side}
                options={sides.map((value) => ({ value, text: value === 'none' ? t('export.side-none') : t('export.side-px', { px: value }) }))}
                onChange={(value) => change({ maxSidePx: value === 'none' ? null : Number(value) })}
              />
            </div>
            <div className={styles.half}>
              <span className={styles.label}>{t('export.quality')}</span>
              <div className={styles.line}>
                <RangeInput label={t('export.quality')} value={wish.quality} min={60} max={100} step={1} onChange={(quality) => change({ quality })} />
                <strong className={styles.share}>{wish.quality}</strong>
              </div>
            </div>
          </div>
          <span className={styles.second}>{t(wish.maxSidePx === null ? 'export.side-none-about' : 'export.side-about', { px: wish.maxSidePx })}</span>
        </>
      )}
    </div>
  );
}

function Split({ wish, change }: OptionsProps): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [byList, setByList] = useState(wish.validation !== null);
  const file = useRef<HTMLInputElement>(null);
  const percent = numbers.percent(wish.validationShare);
  const take = async (picked: File | undefined) => {
    if (!picked) return;
    const lines = picked.size > MOST_BYTES ? [] : (await picked.text()).split(/\r?\n/).map((line) => line.replace(/^\uFEFF/, '').trim());
    const names = [...new Set(lines.filter((line) => line !== ''))];
    if (names.length === 0 || names.some((name) => name.length > 1000)) return toast('bad', t('export.list-unreadable'));
    change({ validation: names });
  };
  return (
    <div className={styles.group}>
      <span className={styles.label}>{t('export.validation')}</span>
      <Segmented
        label={t('export.validation')}
        selected={byList ? 'list' : 'share'}
        onSelect={(way) => {
          setByList(way === 'list');
          if (way === 'share') change({ validation: null });
        }}
        items={[
          { id: 'share', text: t('export.by-share') },
          { id: 'list', text: t('export.by-list') },
        ]}
      />
      {byList ? (
        <>
          <div className={styles.line}>
            <input
              ref={file}
              type="file"
              hidden
              accept=".txt,.csv,text/plain"
              aria-label={t('export.list-choose')}
              onChange={(event) => {
                void take(event.target.files?.[0]).catch(toastError);
                event.target.value = '';
              }}
            />
            <Button onPress={() => file.current?.click()}>{t('export.list-choose')}</Button>
            <span>
              {wish.validation === null
                ? t('export.list-none')
                : t('export.list-has', { count: wish.validation.length, shown: numbers.count(wish.validation.length) })}
            </span>
          </div>
          <span className={styles.second}>{t('export.list-about')}</span>
        </>
      ) : (
        <>
          <div className={styles.line}>
            <RangeInput
              label={t('export.share')}
              value={Math.round(wish.validationShare * 100)}
              min={0}
              max={50}
              step={1}
              valueText={percent}
              onChange={(value) => change({ validationShare: value / 100 })}
            />
            <strong className={styles.share}>{percent}</strong>
            <div className={styles.seed}>
              <TextField aria-label={t('export.seed')} placeholder={t('export.seed')} value={wish.seed} maxLength={100} onChange={(seed) => change({ seed })} />
            </div>
          </div>
          <span className={styles.second}>
            {wish.validationShare === 0
              ? t('export.validation-zero')
              : t(wish.seed === '' ? 'export.validation-text' : 'export.validation-seed', { share: percent })}
          </span>
        </>
      )}
      <Checkbox isSelected={wish.keepFolders} onChange={(keepFolders) => change({ keepFolders })}>
        {t('export.keep-folders')}
      </Checkbox>
      <span className={styles.second}>{t('export.keep-folders-about')}</span>
    </div>
  );
}

interface FolderProps {
  readonly desktop: DesktopBridge;
  readonly folder: string | null;
  readonly onChange: (folder: string | null) => void;
}

function Folder({ desktop, folder, onChange }: FolderProps): ReactElement {
  const { t } = useTranslation();
  const pick = async () => {
    const [chosen] = await desktop.pickFolder({ title: t('export.folder-title'), button: t('export.folder-button') });
    if (chosen !== undefined) onChange(chosen);
  };
  return (
    <div className={styles.group} role="group" aria-label={t('export.folder')}>
      <span className={styles.label}>{t('export.folder')}</span>
      <div className={styles.line}>
        <span className={styles.folder} title={folder ?? undefined} data-selectable>
          {folder ?? t('export.folder-project')}
        </span>
        {folder !== null && (
          <Button variant="quiet" onPress={() => onChange(null)}>
            {t('export.folder-reset')}
          </Button>
        )}
        <Button onPress={() => void pick().catch(toastError)}>{t('export.folder-change')}</Button>
      </div>
    </div>
  );
}
