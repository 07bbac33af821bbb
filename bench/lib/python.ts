/** The Python that peers run in: `POINTILLIST_PYTHON`, or the environment that the readback tests make. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Null where there is none. */
export const pythonProgram = (): string | null =>
  [process.env['POINTILLIST_PYTHON'], path.join(homedir(), '.cache/pointillist-venv/bin/python')].find((file) => file !== undefined && existsSync(file)) ??
  null;

/** Runs a script of `bench/floor` and reads the last line that it prints as JSON; null, said aloud, where there is no Python. */
export function askPython(script: string, args: readonly string[], home: string): unknown {
  const program = pythonProgram();
  if (program === null) {
    console.log(`SKIPPED: no Python for ${script} (POINTILLIST_PYTHON names one): only our own figures`);
    return null;
  }
  const { stdout, status, stderr } = spawnSync(program, [path.join(import.meta.dirname, '../floor', script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, HF_HOME: path.join(home, 'hf'), HF_HUB_OFFLINE: '1', HF_DATASETS_DISABLE_PROGRESS_BARS: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
