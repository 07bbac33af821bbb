/** The ways to review and quality, wherever in a project one is. */
import { useCommands } from '../../commands/registry.ts';
import { navigate, sessionStore } from '../../stores/session.ts';
import { qualityTabs } from './tabs.ts';

export function QualityHost(): null {
  useCommands(
    [
      {
        id: 'quality.open',
        title: 'quality.title',
        short: 'quality.short',
        section: 'review',
        keys: ['F8'],
        inText: true,
        run: () => navigate({ screen: 'quality', tab: lastTab() }),
      },
      ...qualityTabs.map(({ id, title }) => ({
        id: `quality.${id}`,
        title,
        section: 'project' as const,
        run: () => navigate({ screen: 'quality', tab: id }),
      })),
    ],
    [],
  );
  return null;
}

const lastTab = () => sessionStore.getState().qualityTab;
