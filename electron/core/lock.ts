/** One process at a time has a project open. The lock is the operating system's, so that a crash never leaves one behind; who holds it stands beside. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Holder } from '../../shared/domain/project.ts';
import { lockFile } from './db/open.ts';
import { writeFileWhole } from './settings.ts';

const holderSchema = z.object({ person: z.string(), host: z.string(), program: z.enum(['desktop', 'cli', 'server']), since: z.number() });

export type LockResult = { readonly release: () => void } | { readonly holder: Holder };

/** Takes the project's lock, or tells who has it. */
export function lockProject(folder: string, person: string, program: Holder['program']): LockResult {
  mkdirSync(folder, { recursive: true });
  const lock = lockFile(path.join(folder, '.lock'));
  const beside = path.join(folder, '.holder.json');
  if (lock === null) return { holder: readHolder(beside) };
  writeFileWhole(beside, JSON.stringify({ person, host: hostname(), program, since: Date.now() } satisfies Holder));
  return {
    release: () => {
      rmSync(beside, { force: true });
      lock.release();
    },
  };
}

function readHolder(file: string): Holder {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { person: '?', host: '?', program: 'desktop', since: 0 };
  }
}
