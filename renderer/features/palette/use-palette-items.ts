import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageCard } from '../../../shared/domain/image.ts';
import { type Command, useAllCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useProject } from '../../queries/project.ts';
import { emptyFilter, useSession } from '../../stores/session.ts';
import { fuzzy } from './fuzzy.ts';

export type PaletteItem =
  | { readonly kind: 'command'; readonly command: Command; readonly text: string; readonly at: readonly number[] }
  | { readonly kind: 'image'; readonly image: ImageCard };

const IMAGES = 6;
/** How much a command gains by having been run from here lately. */
const RECENT_BONUS = 6;

/** Without a wish, what belongs to the open screen comes before what is there everywhere. */
const rank = ({ section }: Command) => (section === 'app' ? 2 : section === 'project' ? 1 : 0);

/** What the palette offers for a text: the enabled commands that match, the best first, then images whose words or name match. */
export function usePaletteItems(text: string): readonly PaletteItem[] {
  const { t } = useTranslation();
  const commands = useAllCommands();
  const recent = useSession((session) => session.recentCommands);
  const wanted = useDeferredValue(text.trim());
  const { data: project } = useProject();
  const found = useQueryMethod(
    'images.page',
    { filter: { ...emptyFilter, text: wanted, sort: 'relevance' }, offset: 0, limit: IMAGES },
    { enabled: wanted.length > 0 && Boolean(project?.id), keepPrevious: true },
  );
  return useMemo(() => {
    const offered = commands
      .filter((command) => command.hidden !== true && command.id !== 'app.palette' && command.enabled?.() !== false)
      .flatMap((command) => {
        const title = t(command.title);
        const match = fuzzy(wanted, title);
        if (!match) return [];
        const age = recent.indexOf(command.id);
        const score = match.score + (age < 0 ? 0 : RECENT_BONUS / (1 + age));
        return [{ kind: 'command' as const, command, text: title, at: match.at, score, age }];
      })
      .sort((a, b) => b.score - a.score || rank(a.command) - rank(b.command) || a.text.localeCompare(b.text));
    const images = wanted && found.data ? found.data.images.map((image) => ({ kind: 'image' as const, image })) : [];
    return [...offered, ...images];
  }, [commands, recent, wanted, found.data, t]);
}
