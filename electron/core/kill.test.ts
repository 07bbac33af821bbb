import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { eventById } from './db/events.ts';
import { imageNum } from './db/images.ts';
import { writeMeta } from './db/meta.ts';
import { type Db, openDatabase } from './db/open.ts';
import { newId } from '../../shared/domain/ids.ts';
import { addImageRow, tempFolder } from './testing/temp-project.ts';
import { verifyImage } from './verify.ts';

const KILLS = 50;
const LONGEST_MS = 400;
/** Edits of a round go to this many new images: reading a log again stays quick, however many rounds there are. */
const IMAGES_A_ROUND = 6;
const TARGET = fileURLToPath(new URL('testing/kill-target.ts', import.meta.url));

interface Target {
  /** Lets it open the project and edit; resolves, once it is dead, with what it had acknowledged. */
  run(lifetimeMs: number): Promise<string[]>;
  kill(): void;
}

function startTarget(folder: string): Target {
  // Compiled once for all of them: half the time of a start.
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(folder, '..', 'compiled') };
  const child: ChildProcess = spawn(process.execPath, [TARGET, folder], { stdio: ['pipe', 'pipe', 'inherit'], env });
  let text = '';
  const ended = new Promise<string | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  // Writing to one that has just died.
  child.stdin!.on('error', () => {});
  return {
    kill: () => void child.kill('SIGKILL'),
    async run(lifetimeMs) {
      const acknowledged = new Promise<void>((resolve) => {
        child.stdout!.on('data', (data: Buffer) => {
          text += data;
          if (text.includes('\nsaved ')) resolve();
        });
      });
      child.stdin!.write('go\n');
      await Promise.race([acknowledged, ended]);
      await new Promise((resolve) => setTimeout(resolve, lifetimeMs));
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      // The last line may have been cut off by the kill.
      return text.split('\n').slice(1, -1);
    },
  };
}

/** Whether what a line says was acknowledged is in the log. */
function isLogged(db: Db, line: string): boolean {
  const [what, id, rev] = line.split(' ');
  if (what === 'saved') return eventById(db, id!) !== undefined;
  return db.prepare('SELECT 1 FROM event WHERE image_num = ? AND rev = ?').get(imageNum(db, id!), Number(rev)) !== undefined;
}

test(`a core that is killed ${KILLS} times amid edits has lost nothing it had acknowledged, and shows what its log says`, async () => {
  const base = tempFolder();
  const folder = path.join(base, 'project');
  const created = openDatabase(folder, true).db;
  for (const [key, value] of [
    ['id', newId()],
    ['name', 'Killed'],
    ['created_at', '0'],
  ] as const)
    writeMeta(created, key, value);
  created.close();
  let acknowledged = 0;
  const all: string[] = [];
  let next = startTarget(folder);
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const target = next;
      const before = openDatabase(folder, false).db;
      const images = Array.from({ length: IMAGES_A_ROUND }, (_, i) => addImageRow(before, `round-${kill}-${i}.jpg`));
      all.push(...images);
      before.close();
      next = startTarget(folder);
      const lines = await target.run(1 + Math.random() * LONGEST_MS);
      expect(lines.length).toBeGreaterThan(0);
      acknowledged += lines.length;
      const { db } = openDatabase(folder, false);
      expect(lines.filter((line) => !isLogged(db, line))).toEqual([]);
      expect(images.flatMap((id) => verifyImage(db, imageNum(db, id)!))).toEqual([]);
      expect(db.pragma('quick_check', { simple: true })).toBe('ok');
      db.close();
    }
    const { db } = openDatabase(folder, false);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(all.flatMap((id) => verifyImage(db, imageNum(db, id)!))).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBeGreaterThanOrEqual(acknowledged);
    db.close();
    console.log(`${KILLS} kills, ${acknowledged} acknowledged edits, none lost`);
  } finally {
    next.kill();
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
}, 180_000);
