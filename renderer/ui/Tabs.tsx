import type { ReactElement, ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import styles from './Tabs.module.css';

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly tabs: readonly { readonly id: Id; readonly title: ReactNode; readonly count?: ReactNode; readonly content: ReactNode }[];
}

/** Panels of which one shows; `count` stands beside the title. Panels fill the height that is left and scroll by themselves. */
export function Tabs<Id extends string>({ label, selected, onSelect, tabs }: TabsProps<Id>): ReactElement {
  return (
    <AriaTabs className={styles.tabs!} selectedKey={selected} onSelectionChange={(key) => onSelect(key as Id)} keyboardActivation="manual">
      <TabList className={styles.list!} aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab!}>
            {tab.title}
            {tab.count === undefined ? null : <span className={styles.count}>{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel!}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
