// `npm start`: checks what the machine needs, builds, and opens the app. `-- --project FOLDER` opens one project; `-- --smoke` leaves after the first image.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hasDisplay, startScreen } from './display.mjs';
import { onOwnNode, withOwnNode } from './own-node.mjs';
import { root } from './paths.mjs';
import { ensureSystem, needs } from './system-packages.mjs';

await onOwnNode(import.meta.filename);
const say = (line) => console.log(line);

if (!existsSync(path.join(root, 'node_modules/vite'))) {
  console.error('The packages are not installed: run `npm ci` first.');
  process.exit(1);
}
ensureSystem([...needs.app, ...(hasDisplay() ? [] : needs.screen), ...needs.fallback], say);
const [{ buildAll }, { describeRuntime, resolveElectron }, { ensureDefaultEncoder }] = await Promise.all([
  import('./build.mjs'),
  import('./electron-runtime.mjs'),
  import('./default-encoder.mjs'),
]);
let runtime;
try {
  [runtime] = await Promise.all([resolveElectron(say), buildAll(say), ensureDefaultEncoder(say)]);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}
say(describeRuntime(runtime));
process.exit(await runApp(runtime));

async function runApp({ binary }) {
  const screen = hasDisplay() ? null : await startScreen();
  if (screen) say(`No display here: the app runs unseen under Xvfb, on display ${screen.display}.`);
  const unsandboxed = sandboxProblem();
  if (unsandboxed) say(`Chromium's own sandbox is off (${unsandboxed}); the page stays isolated from Node.`);
  // Chromium's log is about buses and drivers that a machine may lack; what the app has to say comes through the console.
  const flags = ['--log-level=3', ...(unsandboxed ? ['--no-sandbox'] : []), ...(screen ? ['--disable-gpu'] : [])];
  const env = { ...withOwnNode(), ...(screen ? { DISPLAY: screen.display } : {}) };
  // The projects that a person names are meant from where they typed the command; npm changes into the project's root.
  const options = { cwd: process.env.INIT_CWD ?? process.cwd(), env, stdio: 'inherit' };
  const app = spawn(binary, [...flags, root, ...process.argv.slice(2)], options);
  // A terminal sends Ctrl+C to the app too; this process waits until it has saved and ended, then takes the screen away.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal));
  return new Promise((resolve) => {
    app.on('error', (error) => {
      console.error(`Electron did not start: ${error.message}`);
      resolve(1);
    });
    app.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** Why Chromium can't use its sandbox on this machine, or null. */
function sandboxProblem() {
  if (process.platform !== 'linux') return null;
  if (process.getuid() === 0) return 'this is root';
  return spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0 ? null : 'this system allows no user namespaces';
}
