/** The desktop app's main process: one window, one core, one protocol. */
import { app, type BrowserWindow, session } from 'electron';
import path from 'node:path';
import { chromeText, followChrome, tellNotOpened } from './chrome.ts';
import { listenForSaved } from './closing.ts';
import { createConnections } from './connections.ts';
import { offerContextMenu } from './context-menu.ts';
import { type CoreProcess, startCore } from './core-process.ts';
import { answerDialogs } from './dialogs.ts';
import { windowFolder } from './folders.ts';
import { handPackages, packageIn } from './package-files.ts';
import { declareScheme, serveApp } from './protocol.ts';
import { securePages, secureSession } from './security.ts';
import { leaveWhenPainted } from './smoke.ts';
import { checkSpelling, readDictionaries } from './spelling.ts';
import { openWindow } from './window.ts';

/** `--project FOLDER` of these arguments, made absolute where the command was typed. */
function projectIn(argv: readonly string[], folder: string): string | null {
  const at = argv.indexOf('--project');
  const given = at < 0 ? argv.find((argument) => argument.startsWith('--project='))?.slice('--project='.length) : argv[at + 1];
  return given ? path.resolve(folder, given) : null;
}

/** What the app was started with. */
const asked = { project: projectIn(process.argv, process.cwd()), workPackage: packageIn(process.argv, process.cwd()) };

/** Everything that needs no window, so that the core reads its database while Chromium starts. */
function startBehind(): CoreProcess {
  const dialogs = answerDialogs();
  // Who opens a package wants neither the last project nor the sample.
  const core: CoreProcess = startCore(asked.project, asked.workPackage === null, {
    frame: (window, frame) => connections.toPage(window, frame),
    alive: (alive) => connections.setAlive(alive),
    folders: (folders) => dialogs.allow(folders),
    notOpened: (...args) => void app.whenReady().then(() => tellNotOpened(...args)),
  });
  const connections = createConnections((message) => core.send(message));
  listenForSaved();
  return core;
}

async function start(): Promise<void> {
  const packages = handPackages();
  if (asked.workPackage !== null) packages.open(asked.workPackage);
  const core = startBehind();
  securePages();
  let window: BrowserWindow | null = null;
  app.on('second-instance', (_event, _argv, _folder, extra) => {
    const { project, workPackage } = (extra ?? {}) as { project?: unknown; workPackage?: unknown };
    if (typeof project === 'string') core.send({ type: 'open-project', folder: project });
    if (typeof workPackage === 'string') packages.open(workPackage);
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void core.close().then(() => {
      closed = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  await app.whenReady();
  secureSession(session.defaultSession);
  const languages = checkSpelling(session.defaultSession);
  serveApp(session.defaultSession, core.media);
  window = openWindow();
  readDictionaries(window.webContents, languages);
  // After it: the page's process starts meanwhile.
  followChrome();
  offerContextMenu(window, chromeText);
  window.on('closed', () => (window = null));
  if (process.argv.includes('--smoke')) await leaveWhenPainted(window);
}

app.setPath('userData', windowFolder());
declareScheme();
// Two windows of two processes over one folder of settings would overwrite each other's; the first one shows what the second was asked for.
if (app.requestSingleInstanceLock(asked)) void start();
else app.quit();
