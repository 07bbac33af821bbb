/** The whole window: what every screen stands in. */
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { HelpSheet } from '../features/help/HelpSheet.tsx';
import { Palette } from '../features/palette/Palette.tsx';
import { SettingsDialog } from '../features/settings/SettingsDialog.tsx';
import { NewProjectDialog } from '../features/welcome/NewProjectDialog.tsx';
import { type Host, HostContext } from '../host/host.ts';
import { createQueryClient } from '../queries/client.ts';
import { ToastRegion } from '../ui/ToastRegion.tsx';
import styles from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FootLine } from './FootLine.tsx';
import { Screens } from './Screens.tsx';
import { TopBar } from './TopBar.tsx';
import { usePackages } from './use-packages.ts';
import { useStart } from './use-start.ts';
import { useWindow } from './use-window.ts';

export function App({ host }: { host: Host }): ReactElement {
  const [queries] = useState(createQueryClient);
  const { i18n } = useTranslation();
  return (
    <ErrorBoundary whole>
      <HostContext value={host}>
        <QueryClientProvider client={queries}>
          <I18nProvider locale={i18n.language}>
            <Window />
          </I18nProvider>
        </QueryClientProvider>
      </HostContext>
    </ErrorBoundary>
  );
}

function Window(): ReactElement {
  const { t } = useTranslation();
  const started = useStart();
  useWindow();
  usePackages(started);
  return (
    <div className={styles.window}>
      <a className={styles.skip} href="#content">
        {t('app.skip-to-content')}
      </a>
      <TopBar />
      <main id="content" className={styles.content} tabIndex={-1}>
        <ErrorBoundary>{started ? <Screens /> : null}</ErrorBoundary>
      </main>
      <FootLine />
      <ToastRegion />
      <Palette />
      <HelpSheet />
      <SettingsDialog />
      <NewProjectDialog />
    </div>
  );
}
