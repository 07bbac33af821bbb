/** What did not go in, what came twice, and what can't be found: each with its reason and what to do. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryMethod } from '../../queries/client.ts';
import { useFacets } from '../../queries/facets.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Duplicates } from './Duplicates.tsx';
import { MissingFiles } from './MissingFiles.tsx';
import styles from './Problems.module.css';
import { RefusedFiles } from './RefusedFiles.tsx';

type Tab = 'refused' | 'duplicates' | 'missing';

export function ProblemsDialog(): ReactElement {
  const { t } = useTranslation();
  const refused = useQueryMethod('images.problems', { offset: 0, limit: 1 }).data?.total;
  const duplicates = useQueryMethod('images.duplicates', {}).data;
  const missing = useFacets().data?.missing;
  const [chosen, choose] = useState<Tab | null>(null);
  // The first tab that holds something, until a person chooses.
  const tab = chosen ?? (refused ? 'refused' : missing ? 'missing' : duplicates?.length ? 'duplicates' : 'refused');
  const count = (value: number | undefined) => (value === undefined ? {} : { count: value });
  return (
    <Dialog isOpen onClose={closeDialog} title={t('import.problems.title')} size="large">
      <div className={styles.tabs}>
        <Tabs
          label={t('import.problems.title')}
          selected={tab}
          onSelect={choose}
          tabs={[
            { id: 'refused', title: t('import.problems.refused'), ...count(refused), content: <RefusedFiles /> },
            { id: 'missing', title: t('import.problems.missing'), ...count(missing), content: <MissingFiles missing={missing ?? 0} /> },
            { id: 'duplicates', title: t('import.problems.duplicates'), ...count(duplicates?.length), content: <Duplicates duplicates={duplicates ?? []} /> },
          ]}
        />
      </div>
    </Dialog>
  );
}
