import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '../../host/host.ts';
import { toast } from '../../ui/toasts.ts';
import type { Desk } from './projects.ts';

/** What opening a project needs, in components. */
export function useDesk(): Desk {
  const host = useHost();
  const queries = useQueryClient();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      host,
      queries,
      onBackup: (path) => void toast('info', t('project.backup-made', { path }), { sticky: true }),
      onRisky: (folder) => void toast('warn', t('project.synced', { folder }), { sticky: true }),
    }),
    [host, queries, t],
  );
}
