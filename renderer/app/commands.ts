/** Commands that are there on every screen. */
import type { Command } from '../commands/registry.ts';
import { openDialog } from '../stores/dialogs.ts';
import { sessionStore } from '../stores/session.ts';
import { currentLocale } from './i18n.ts';

const set = (values: Parameters<ReturnType<typeof sessionStore.getState>['set']>[0]) => sessionStore.getState().set(values);
const isDark = () => {
  const { theme } = sessionStore.getState();
  return theme === 'system' ? window.matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
};
const SCALES = [0.85, 1, 1.15, 1.3, 1.5, 1.75, 2];
const scaleBy = (step: 1 | -1) => {
  const { uiScale } = sessionStore.getState();
  const next = step > 0 ? SCALES.find((scale) => scale > uiScale) : SCALES.findLast((scale) => scale < uiScale);
  if (next !== undefined) set({ uiScale: next });
};

export const appCommands: readonly Command[] = [
  { id: 'app.palette', title: 'commands.palette', section: 'app', keys: ['$mod+KeyK'], inText: true, run: () => openDialog('palette') },
  { id: 'app.help', title: 'commands.help', short: 'app.all-keys', section: 'app', keys: ['[Shift]+?', 'F1'], inText: true, run: () => openDialog('help') },
  { id: 'app.settings', title: 'commands.settings', section: 'app', keys: ['$mod+Comma'], inText: true, run: () => openDialog('settings') },
  { id: 'app.jobs', title: 'commands.jobs', section: 'app', keys: ['$mod+KeyJ'], inText: true, run: () => openDialog('jobs') },
  { id: 'app.theme', title: 'commands.theme', section: 'app', run: () => set({ theme: isDark() ? 'light' : 'dark' }) },
  { id: 'app.language', title: 'commands.language', section: 'app', run: () => set({ locale: currentLocale() === 'ja' ? 'en' : 'ja' }) },
  { id: 'app.larger', title: 'commands.larger', section: 'app', keys: ['$mod+Shift+Period'], inText: true, run: () => scaleBy(1) },
  { id: 'app.smaller', title: 'commands.smaller', section: 'app', keys: ['$mod+Shift+Comma'], inText: true, run: () => scaleBy(-1) },
];
