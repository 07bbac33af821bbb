/**
 * The core as a process of the desktop app. Started by main with `--open FOLDER`, `--open-last` or neither, and `--workers-by-main` where it can't
 * start processes itself. Ends when main says so or is gone.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Role } from '../../shared/rpc/method.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { ToCore } from '../../shared/rpc/core-messages.ts';
import { wirePair } from '../../shared/rpc/wire.ts';
import { createCore } from './core.ts';
import { openDesktopPort } from './desktop-port.ts';
import { openFirst, watchForMain } from './desktop-watch.ts';
import { createDesktopWindows } from './desktop-windows.ts';
import { createDesktopWorkers } from './desktop-workers.ts';
import { bundledEncodersFolder, projectsFolder, settingsFolder } from './folders.ts';
import { nodeSpawn } from './media/node-spawn.ts';

const { values } = parseArgs({
  options: { app: { type: 'string' }, open: { type: 'string' }, 'open-last': { type: 'boolean' }, 'workers-by-main': { type: 'boolean' } },
});
/** The person at the machine may do everything. */
const roles: ReadonlySet<Role> = new Set<Role>(['annotate', 'lead', 'local']);
const appFolder = values.app ?? path.resolve(import.meta.dirname, '../..');

const port = openDesktopPort();
const workers = createDesktopWorkers(port);
const core = createCore({
  program: 'desktop',
  version: (JSON.parse(readFileSync(path.join(appFolder, 'package.json'), 'utf8')) as { version: string }).version,
  settingsFolder: settingsFolder(),
  projectsFolder: projectsFolder(),
  assetsFolder: path.join(appFolder, 'assets'),
  bundledEncodersFolder: bundledEncodersFolder(appFolder),
  spawn: values['workers-by-main'] ? workers.spawn : nodeSpawn,
  log: (message, thrown) => console.error(`core: ${message}`, thrown ?? ''),
});
const toWindow = createDesktopWindows(port, (wire, clientId) => core.connect(wire, { roles, clientId }));
const own = wirePair();
core.connect(own.server, { roles, clientId: 'desktop' });
const client = createClient(own.client);

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  try {
    await core.close();
  } finally {
    process.exit(0);
  }
}

function receive(message: ToCore): void {
  if (message.type === 'open-window' || message.type === 'close-window' || message.type === 'frame') return toWindow(message);
  if (message.type === 'worker-message' || message.type === 'worker-exit') return workers.news(message);
  if (message.type === 'open-project') return void openFirst(client, port, message.folder);
  if (message.type === 'close') return void close();
  const { n, kind, imageId, tile } = message;
  core.resolveMedia(kind, imageId, tile).then(
    (file) => port.send({ type: 'media-result', n, file }),
    (thrown: unknown) => {
      console.error(`core: media ${kind} ${imageId}`, thrown);
      port.send({ type: 'media-result', n, file: null });
    },
  );
}

// Ctrl+C in a terminal, and the end of a session, reach every process of the app; main decides when the core may go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
port.onClose(() => void close());
// Windows may ask at once; they are answered when the first project is open, so that none shows an empty app in between.
const early: ToCore[] = [];
let open = false;
port.onMessage((message) => {
  if (open || message.type === 'close') receive(message);
  else early.push(message);
});
if (values.open !== undefined || values['open-last']) await openFirst(client, port, values.open ?? null);
await watchForMain(client, port);
open = true;
for (const message of early) receive(message);
port.send({ type: 'ready' });
