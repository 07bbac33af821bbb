/** The window: a sandboxed page that shows the built renderer. */
import { app, BrowserWindow, nativeTheme } from 'electron';
import { rememberBounds, rememberedBounds, SMALLEST } from './bounds.ts';
import { closeWhenSaved } from './closing.ts';
import { builtFile } from './folders.ts';
import { ORIGIN } from './security.ts';

/** The theme's background, so that the first frame does not flash. */
const BACKGROUND = { light: '#f6f6f4', dark: '#141517' };
/** A page that dies again within this after a reload is not helped by another one. */
const RELOAD_PAUSE_MS = 1_000;

/** Opens the window and loads the page. */
export function openWindow(): BrowserWindow {
  const { maximized, ...bounds } = rememberedBounds();
  const window = new BrowserWindow({
    ...bounds,
    ...SMALLEST,
    title: app.name,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: builtFile('preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // On, as far as there are dictionaries (spelling.ts) and the page asks for it field by field.
      spellcheck: true,
      // Annotators switch to the file browser and back all day; timers and saving go on meanwhile.
      backgroundThrottling: false,
    },
  });
  if (maximized) window.maximize();
  rememberBounds(window);
  closeWhenSaved(window);
  reloadAfterCrash(window);
  // The renderer tells the title (`setChrome`); the page's own would overwrite it.
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(`${ORIGIN}/`);
  return window;
}

/** What was acknowledged is in the core, what was typed in the last moment is in the page's draft: loading the page again brings both back. */
function reloadAfterCrash(window: BrowserWindow): void {
  let last = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    console.error(`the page's process ended (${reason}); loading it again`);
    const wait = Date.now() - last < 10 * RELOAD_PAUSE_MS ? RELOAD_PAUSE_MS : 0;
    last = Date.now();
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, wait);
  });
}
