// Makes the pictures below docs/screens/ from the sample project, in the real window.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { buildAll } from './build.mjs';
import { ensureDefaultEncoder } from './default-encoder.mjs';
import { startScreen } from './display.mjs';
import { resolveElectron } from './electron-runtime.mjs';
import { onOwnNode } from './own-node.mjs';
import { root } from './paths.mjs';

await onOwnNode(import.meta.filename);
const [runtime] = await Promise.all([resolveElectron(console.log), ensureDefaultEncoder(console.log)]);
await buildAll();
const screen = process.platform === 'linux' ? await startScreen() : null;
const child = spawn('node_modules/.bin/playwright', ['test', '-c', 'e2e/screens/playwright.config.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, POINTILLIST_ELECTRON_DIST: runtime.folder, ...(screen ? { DISPLAY: screen.display } : {}) },
});
const [code] = await once(child, 'exit');
screen?.stop();
await shrink();
process.exitCode = code ?? 1;

/** PNGs to 256 colours: a fifth of the size, and nobody sees it at the size of a README. */
async function shrink() {
  const folder = path.join(root, 'docs/screens');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.png'))) {
    const file = path.join(folder, name);
    writeFileSync(file, await sharp(readFileSync(file)).png({ palette: true, quality: 90, effort: 10 }).toBuffer());
  }
}
