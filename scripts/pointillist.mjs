#!/usr/bin/env node
// `npx pointillist`: the command line, run from its sources under the project's Node 24.
import path from 'node:path';
import { runOnOwnNode } from './own-node.mjs';
import { root } from './paths.mjs';

const entry = path.join(root, 'electron/cli/main.ts');
if (Number(process.versions.node.split('.')[0]) >= 24) await import(entry);
else await runOnOwnNode(entry, process.argv.slice(2));
