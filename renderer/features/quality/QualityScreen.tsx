/** Review and quality: its parts at the left, the chosen one beside them. */
import { type ReactElement, Suspense, useEffect } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../commands/registry.ts';
import { useChromeSlots } from '../../stores/chrome.ts';
import { navigate } from '../../stores/session.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './QualityScreen.module.css';
import { qualityTabs } from './tabs.ts';

/** A part that does not exist is the first one: the route may be of another version. */
export function QualityScreen({ tab }: { readonly tab: string }): ReactElement {
  const { t } = useTranslation();
  const shown = qualityTabs.find(({ id }) => id === tab) ?? qualityTabs[0]!;
  useChromeSlots({ title: t('quality.title'), foot });
  useCommands(
    [
      {
        id: 'quality.leave',
        title: 'quality.leave',
        short: 'quality.leave-short',
        section: 'review',
        keys: ['Escape'],
        run: () => navigate({ screen: 'gallery' }),
      },
    ],
    [],
  );
  // A person who comes by the keyboard goes on from the list of parts.
  useEffect(() => document.querySelector<HTMLElement>(`.${styles.list} [aria-selected='true']`)?.focus(), []);
  return (
    <Tabs
      className={styles.screen!}
      orientation="vertical"
      selectedKey={shown.id}
      onSelectionChange={(key) => navigate({ screen: 'quality', tab: String(key) })}
    >
      <TabList className={styles.list!} aria-label={t('quality.title')}>
        {qualityTabs.map(({ id, title }) => (
          <Tab key={id} id={id} className={styles.tab!}>
            {t(title)}
          </Tab>
        ))}
      </TabList>
      {qualityTabs.map(({ id, Tab: Content }) => (
        <TabPanel key={id} id={id} className={styles.panel!}>
          <Suspense fallback={<Spinner label={t('app.loading')} size={24} />}>
            <Content />
          </Suspense>
        </TabPanel>
      ))}
    </Tabs>
  );
}

const foot = ['quality.leave'];
