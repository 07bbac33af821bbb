// `npm run bench`: every benchmark, one after the other, in the real app on a screen of its own. `npm run bench -- import start` runs some.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startScreen } from './display.mjs';
import { onOwnNode, withOwnNode } from './own-node.mjs';
import { root } from './paths.mjs';
import { ensureSystem, needs } from './system-packages.mjs';

await onOwnNode(import.meta.filename);
const all = readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'));
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`No benchmark is called ${unknown}; there are ${all.join(', ')}.`);
  process.exit(1);
}
ensureSystem([...needs.app, ...needs.screen, ...needs.fallback], console.log);
const [{ buildAll }, { describeRuntime, resolveElectron }, { ensureDefaultEncoder }] = await Promise.all([
  import('./build.mjs'),
  import('./electron-runtime.mjs'),
  import('./default-encoder.mjs'),
]);
const [runtime] = await Promise.all([resolveElectron(console.log), ensureDefaultEncoder(console.log)]);
console.log(describeRuntime(runtime));
await buildAll();
// Also where there is a display: a window manager and a person's windows would be measured too.
const { display } = await startScreen();
const env = { ...withOwnNode(), DISPLAY: display, ELECTRON_OVERRIDE_DIST_PATH: runtime.folder };
let failed = 0;
for (const name of wanted.length > 0 ? wanted : all) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'bench', `${name}.ts`)], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) continue;
  console.error(`${name} ended with ${status}`);
  failed++;
}
process.exit(failed > 0 ? 1 : 0);
