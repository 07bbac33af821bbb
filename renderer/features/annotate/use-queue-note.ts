import { useTranslation } from 'react-i18next';
import type { ImageFilter } from '../../../shared/domain/image.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useSession } from '../../stores/session.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { toDoStates } from './order.ts';

/** What is left to do in the list that is open, and what was passed over in it; null where the list shows nothing that is to do. */
export function useQueueNote(): string | null {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const filter = useSession((session) => session.filter);
  const states = toDoStates(filter);
  const unfinished = useTotal({ ...filter, states });
  const skipped = useTotal({ ...filter, states, skipped: true });
  if (unfinished === undefined || skipped === undefined || states.length === 0) return null;
  const left = unfinished - skipped;
  const parts = [
    t('skip.left', { count: left, shown: numbers.count(left) }),
    ...(skipped > 0 ? [t('skip.count', { count: skipped, shown: numbers.count(skipped) })] : []),
  ];
  return parts.join(' · ');
}

function useTotal(filter: ImageFilter): number | undefined {
  return useQueryMethod('images.page', { filter, offset: 0, limit: 1 }, { keepPrevious: true }).data?.total;
}
