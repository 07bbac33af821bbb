/** Chooses what an export holds and where it goes, and shows beforehand what will come of it. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImageState, imageStates } from '../../../shared/domain/model.ts';
import { type ExportProfile, exportProfiles } from '../../../shared/formats/profiles.ts';
import type { DesktopBridge } from '../../../shared/rpc/desktop-bridge.ts';
import { toastError } from '../../ui/errors.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { useExportPreview } from '../../queries/exports.ts';
import { useFacets } from '../../queries/facets.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { ChoiceCards } from '../../ui/ChoiceCards.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { RangeInput } from '../../ui/RangeInput.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './ExportDialog.module.css';
import { ExportPreview } from './ExportPreview.tsx';

interface Wish {
  readonly profile: ExportProfile;
  readonly states: readonly ImageState[];
  readonly validationShare: number;
  /** Null: the project's exports folder. */
  readonly folder: string | null;
}
/** What was chosen last in this window: an export is often made again. */
let lastWish: Wish = { profile: 'pixmo-parquet', states: ['submitted', 'accepted'], validationShare: 0.05, folder: null };

export function ExportDialog({ desktop }: { desktop: DesktopBridge }): ReactElement {
  const { t } = useTranslation();
  const [wish, setWish] = useState(lastWish);
  const change = (values: Partial<Wish>) => setWish((lastWish = { ...wish, ...values }));
  const begin = useCommandMethod('exports.start');
  const preview = useExportPreview({ profile: wish.profile, states: [...wish.states], validationShare: wish.validationShare });
  const nothing = wish.states.length === 0 || preview.data?.images === 0;
  const start = () =>
    begin.mutate(
      { ...wish, states: [...wish.states] },
      {
        onSuccess: () => {
          closeDialog();
          toast('info', t('export.started'));
        },
        onError: toastError,
      },
    );
  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      size="large"
      title={t('export.title')}
      actions={
        <>
          <Button onPress={closeDialog}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={nothing || begin.isPending} onPress={start}>
            {t('export.start')}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <ChoiceCards
          label={t('export.profile')}
          value={wish.profile}
          choices={exportProfiles.map((value) => ({ value, title: t(`export.profiles.${value}.title`), text: t(`export.profiles.${value}.text`) }))}
          onChange={(profile) => change({ profile })}
        />
        <div className={styles.settings}>
          <States chosen={wish.states} onChange={(states) => change({ states })} />
          <Validation share={wish.validationShare} onChange={(validationShare) => change({ validationShare })} />
          <Folder desktop={desktop} folder={wish.folder} onChange={(folder) => change({ folder })} />
        </div>
      </div>
      <ExportPreview preview={preview} noStates={wish.states.length === 0} />
    </Dialog>
  );
}

function States({ chosen, onChange }: { chosen: readonly ImageState[]; onChange: (states: readonly ImageState[]) => void }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data: facets } = useFacets();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{t('export.states')}</legend>
      <div className={styles.states}>
        {imageStates.map((state) => (
          <Checkbox
            key={state}
            isSelected={chosen.includes(state)}
            onChange={(on) => onChange(imageStates.filter((other) => (other === state ? on : chosen.includes(other))))}
          >
            {t(`gallery.state-names.${state}`)}
            {facets && <span className={styles.second}>{numbers.count(facets.states[state])}</span>}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

function Validation({ share, onChange }: { share: number; onChange: (share: number) => void }): ReactElement {
  const { t } = useTranslation();
  const percent = useNumbers().percent(share);
  return (
    <div className={styles.group}>
      <span className={styles.label}>{t('export.validation')}</span>
      <div className={styles.line}>
        <RangeInput
          label={t('export.validation')}
          value={Math.round(share * 100)}
          min={0}
          max={50}
          step={1}
          valueText={percent}
          onChange={(value) => onChange(value / 100)}
        />
        <strong className={styles.share}>{percent}</strong>
      </div>
      <span className={styles.second}>{share === 0 ? t('export.validation-zero') : t('export.validation-text', { share: percent })}</span>
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
    <div className={styles.group}>
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
