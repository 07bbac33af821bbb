import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listenToKeyboard } from '../commands/keyboard.ts';
import { registry, runCommand, useCommands } from '../commands/registry.ts';
import { useDesk } from '../features/welcome/use-desk.ts';
import { flushAll } from '../host/before-close.ts';
import { useHost } from '../host/host.ts';
import { useProject } from '../queries/project.ts';
import { chromeStore } from '../stores/chrome.ts';
import { useSession } from '../stores/session.ts';
import { toastError } from '../ui/errors.ts';
import { followKeymap } from './keymap.ts';
import { appCommands } from './commands.ts';
import { projectCommands } from './project-commands.ts';

/** Connects the window to the keyboard, the menu, and its own title; registers the commands that are there on every screen. */
export function useWindow(): void {
  const host = useHost();
  const desk = useDesk();
  const { i18n } = useTranslation();
  const { data: project } = useProject();
  const open = project?.id ? project : null;
  const welcome = useSession((session) => session.route.screen === 'welcome');
  useEffect(() => {
    registry.onError = toastError;
    followKeymap();
    return listenToKeyboard(window, registry);
  }, []);
  useEffect(() => {
    host.desktop?.onMenuCommand((id) => void runCommand(id));
    host.desktop?.onBeforeClose(flushAll);
    if (host.desktop) return;
    // A browser gives no time to save: it asks the person, and only while something is pending.
    const ask = (event: BeforeUnloadEvent) => {
      void flushAll();
      if (['pending', 'failed'].includes(chromeStore.getState().saveState.kind)) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [host]);
  const keymap = useSession((session) => session.keymap);
  const title = open && !welcome ? `${open.name} – Pointillist` : 'Pointillist';
  useEffect(() => {
    document.title = title;
    host.desktop?.setChrome({ locale: i18n.language, title, keys: keymap });
  }, [host, title, i18n.language, keymap]);
  useCommands(appCommands, []);
  useCommands(host.desktop ? projectCommands(desk, open) : [], [desk, open]);
}
