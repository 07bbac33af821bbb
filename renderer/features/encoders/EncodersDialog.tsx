/** The encoder library: what is installed on this machine and what it can do, ways to add one, and a catalogue to choose from. */
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { CatalogueTab } from './CatalogueTab.tsx';
import styles from './Encoders.module.css';
import { forgetOutcome } from './encoders-state.ts';
import { InstalledTab } from './InstalledTab.tsx';

export function EncodersDialog(): ReactElement {
  const { t } = useTranslation();
  const [tab, setTab] = useState<'installed' | 'catalogue'>('installed');
  const installed = useQueryMethod('encoders.list', {});
  const catalogue = useQueryMethod('encoders.catalogue', {});
  useEffect(() => forgetOutcome, []);
  return (
    <Dialog isOpen onClose={closeDialog} title={t('encoders.title')} size="wide">
      <div className={styles.tabs}>
        <Tabs
          label={t('encoders.title')}
          selected={tab}
          onSelect={setTab}
          tabs={[
            {
              id: 'installed',
              title: t('encoders.installed'),
              ...(installed.data ? { count: installed.data.length } : {}),
              content: <InstalledTab encoders={installed.data ?? null} onCatalogue={() => setTab('catalogue')} />,
            },
            {
              id: 'catalogue',
              title: t('encoders.catalogue'),
              content: <CatalogueTab entries={catalogue.data ?? []} installed={installed.data ?? []} onStarted={() => setTab('installed')} />,
            },
          ]}
        />
      </div>
    </Dialog>
  );
}
