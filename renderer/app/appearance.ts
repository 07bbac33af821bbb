/** Theme and scale of the window, as the session says. */
import { sessionStore } from '../stores/session.ts';

/** Sets them now and whenever they change. */
export function followAppearance(): void {
  const show = () => {
    const { theme, uiScale } = sessionStore.getState();
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    root.style.setProperty('--ui-scale', String(uiScale));
  };
  show();
  sessionStore.subscribe(show);
}
