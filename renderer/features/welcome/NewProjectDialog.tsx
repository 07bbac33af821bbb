/** Asks for a new project's name and folder. */
import { type ReactElement, useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog, useDialog } from '../../stores/dialogs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { below, folderName } from './folder-name.ts';
import styles from './NewProjectDialog.module.css';
import { openProject } from './projects.ts';
import { useDesk } from './use-desk.ts';

export function NewProjectDialog(): ReactElement {
  const { t } = useTranslation();
  const isOpen = useDialog('new-project');
  return (
    <Dialog isOpen={isOpen} onClose={closeDialog} title={t('project.new-title')}>
      <NewProjectForm />
    </Dialog>
  );
}

function NewProjectForm(): ReactElement {
  const { t } = useTranslation();
  const host = useHost();
  const desk = useDesk();
  const { data: info } = useQueryMethod('app.info', {});
  const [name, setName] = useState('');
  const [parent, setParent] = useState<string | null>(null);
  const place = parent ?? info?.projectsFolder ?? '';
  const folder = below(place, folderName(name) || t('project.new-folder-name'));
  const ready = name.trim() !== '' && place !== '';
  const choose = async () => {
    const [chosen] = (await host.desktop?.pickFolder({ title: t('project.choose-place'), button: t('project.choose') })) ?? [];
    if (chosen) setParent(chosen);
  };
  const create = () => {
    if (!ready) return;
    closeDialog();
    void openProject(desk, { by: 'create', folder, name: name.trim() });
  };
  return (
    <Form
      className={styles.form!}
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <TextField label={t('project.name')} value={name} onChange={setName} maxLength={120} autoFocus placeholder={t('project.name-example')} />
      <div className={styles.place}>
        <span className={styles.label}>{t('project.folder')}</span>
        <div className={styles.row}>
          <span className={styles.folder} data-selectable title={folder}>
            {folder}
          </span>
          <Button onPress={() => void choose()}>{t('project.change-place')}</Button>
        </div>
        <p className={styles.hint}>{t('project.folder-hint')}</p>
      </div>
      <div className={styles.actions}>
        <Button onPress={closeDialog}>{t('app.cancel')}</Button>
        <Button variant="primary" type="submit" isDisabled={!ready}>
          {t('project.create')}
        </Button>
      </div>
    </Form>
  );
}
