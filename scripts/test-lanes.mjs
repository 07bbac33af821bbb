// The lanes of `npm test`: what each runs and how its outcome is counted. Counts are `{ passed, failed, skipped }`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { hasDisplay, startScreen } from './display.mjs';
import { describeRuntime, resolveElectron } from './electron-runtime.mjs';
import { fastTemp } from './fast-temp.mjs';
import { withOwnNode } from './own-node.mjs';
import { cacheFolder, root } from './paths.mjs';

/** A lane that hangs is ended, so that the others still report. */
const LIMIT_MS = 1_500_000;
/** Desktop apps under test at a time: one waits half of the time, for frames, disk and processes to start. */
const SIDE_BY_SIDE = 2;

/** In the order they run, the quick ones first. `filters`: words that choose among a lane's tests. */
export const lanes = [
  { name: 'format', group: 'static', run: () => one('oxfmt', ['--check', '.']) },
  { name: 'lint', group: 'static', run: () => one('oxlint', ['--type-aware', '--quiet']) },
  { name: 'leftovers', group: 'static', run: () => one('knip', ['--no-progress']) },
  // From scratch (9 s): an incremental check does not see that a translation was added.
  { name: 'types', group: 'static', run: () => one('tsc', ['-b', '--force']) },
  { name: 'unit', group: 'unit', run: unit },
  { name: 'electron', group: 'e2e', run: electron },
  { name: 'chromium', group: 'e2e', run: (filters) => playwright('e2e/app', filters, {}) },
  { name: 'readback', group: 'e2e', run: readback },
];

/** A check that passes or fails as a whole counts as one test. */
async function one(program, args) {
  const { code } = await execute(program, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function unit(filters) {
  const file = reportFile('unit');
  const { code } = await execute('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--passWithNoTests', ...filters]);
  const report = readReport(file);
  if (!report) return broken(code);
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = report;
  // A file that can't even be loaded has no tests to fail.
  const unloadable = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0).length;
  return atLeastOneFailed(code, { passed, failed: numFailedTests + unloadable, skipped: numPendingTests + numTodoTests });
}

async function electron(filters) {
  const runtime = await resolveElectron(console.log);
  console.log(describeRuntime(runtime));
  // A screen for each of the apps that run side by side: two windows on one would take the focus from one another.
  const screens = hasDisplay() && !process.env.CI ? [] : await Promise.all(Array.from({ length: SIDE_BY_SIDE }, startScreen));
  try {
    return await playwright('e2e/electron', filters, {
      POINTILLIST_ELECTRON_DIST: runtime.folder,
      ...(screens.length > 0 ? { POINTILLIST_SCREENS: screens.map((screen) => screen.display).join(' ') } : {}),
    });
  } finally {
    for (const screen of screens) screen.stop();
  }
}

async function playwright(folder, filters, env) {
  const specs = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.spec.ts'));
  if (specs.length === 0) {
    console.log(`no tests in ${folder}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  await buildAll();
  const file = reportFile(path.basename(folder));
  const args = ['test', '-c', `${folder}/playwright.config.ts`, '--reporter=list,json', '--pass-with-no-tests', ...filters];
  const { code } = await execute('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env });
  const report = readReport(file);
  if (!report) return broken(code);
  const { expected, unexpected, flaky, skipped } = report.stats;
  if (flaky > 0) console.log(`${flaky} of these passed at the second try only`);
  return atLeastOneFailed(code, { passed: expected + flaky, failed: unexpected, skipped });
}

async function readback() {
  if (!existsSync(path.join(root, 'e2e/readback/run.ts'))) return { passed: 0, failed: 0, skipped: 0 };
  const { code, output } = await execute('node', ['e2e/readback/run.ts']);
  const found = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output);
  if (!found) return broken(code);
  return atLeastOneFailed(code, { passed: Number(found[1]), failed: Number(found[2]), skipped: Number(found[3]) });
}

const broken = (code) => ({ passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 });
/** An error outside of every test fails the lane too. */
const atLeastOneFailed = (code, counts) => (code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 });

function reportFile(name) {
  mkdirSync(cacheFolder, { recursive: true });
  const file = path.join(cacheFolder, `report-${name}.json`);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

let temporary;
/** Runs a tool of the project, its output shown as it comes. */
function execute(program, args, env = {}) {
  // A group of its own, so that what it started ends with it.
  temporary ??= { TMPDIR: fastTemp() ?? tmpdir() };
  const child = spawn(program, args, { cwd: root, env: { ...withOwnNode(), ...temporary, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk) => process.stdout.write(chunk));
  const timer = setTimeout(() => {
    console.log(`${program} took more than ${LIMIT_MS / 60_000} minutes and was ended`);
    end();
  }, LIMIT_MS);
  process.once('exit', end);
  return new Promise((resolve) => {
    const ended = (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      console.log(error.message);
      ended(1);
    });
    child.on('close', (code) => ended(code ?? 1));
  });
}
