/** The page's entry. */
import '@fontsource-variable/inter/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createHost } from '../host/host.ts';
import { App } from './App.tsx';
import { followAppearance } from './appearance.ts';
import { startTranslations } from './i18n.ts';

startTranslations();
followAppearance();
const host = createHost();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App host={host} />
  </StrictMode>,
);
