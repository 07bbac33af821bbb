/** An annotator to whom images were given begins with those: what they are to do is not to be looked for. */
import { useEffect } from 'react';
import { useQueryMethod } from '../../queries/client.ts';
import { sessionStore } from '../../stores/session.ts';
import { isFiltered } from './filter.ts';

/** Projects that were shown in this window: who then looks at all images stays with them. */
const shown = new Set<string>();

export function useMineFirst(projectId: string | null): void {
  const { data: info } = useQueryMethod('app.info', {});
  const me = info?.me.role === 'annotator' ? info.me.id : null;
  const asks = projectId !== null && me !== null && !shown.has(`${projectId} ${me}`);
  const { data } = useQueryMethod('images.page', { filter: { assignedTo: me }, offset: 0, limit: 1 }, { enabled: asks });
  const total = data?.total;
  useEffect(() => {
    if (!asks || total === undefined) return;
    shown.add(`${projectId} ${me}`);
    const { filter, set } = sessionStore.getState();
    if (total > 0 && !isFiltered(filter)) set({ filter: { ...filter, assignedTo: me } });
  }, [asks, total, projectId, me]);
}
