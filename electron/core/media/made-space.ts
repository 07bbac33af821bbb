/**
 * Keeps the part of a project's media folder that can be made again, tiles and renditions, below a size: what was not looked at for longest goes first.
 * Originals are no part of it, and neither are thumbnails, which are small and shown all the time.
 */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

export interface MadeSpace {
  /** Tells that this file was sent: what it belongs to is in use, and counted from now on where it is new. */
  served(file: string): void;
  /** Bytes of all that can be made again. */
  sizeBytes(): Promise<number>;
  /** Deletes what was used least recently until no more than this is left. Answers with the bytes that were freed. */
  keepBelow(limitBytes: number): Promise<number>;
  /** Waits for what is under way; nothing begins after it. */
  close(): Promise<void>;
}
/** A level of an image's tiles, or a rendition: what goes as a whole. */
interface Unit {
  bytes: number;
  usedAtMs: number;
  /** When the file system was told of the use. */
  notedAtMs: number;
}
export interface SpaceOptions {
  readonly projectFolder: string;
  readonly limitBytes: () => number;
  readonly log: (message: string, thrown?: unknown) => void;
  readonly now?: () => number;
}

/** What was sent this recently may be on its way still, or on the screen. */
export const IN_USE_MS = 60_000;
/** The time of the last use outlives a restart to within this. */
const NOTE_MS = 600_000;
const AT_A_TIME = 32;

export function createMadeSpace({ projectFolder, limitBytes, log, now = Date.now }: SpaceOptions): MadeSpace {
  const tiles = path.join(projectFolder, 'media', 'tiles');
  const renditions = path.join(projectFolder, 'media', 'renditions');
  const units = new Map<string, Unit>();
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  /** One thing after the other, so that nothing is counted or deleted twice. */
  const inTurn = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    const next = last.then(() => (closed ? otherwise : work()));
    last = next.catch((thrown: unknown) => log('the space of the media folder could not be kept', thrown));
    return next;
  };
  const scanned = inTurn(scan, undefined);
  scanned.catch(() => {});

  async function scan(): Promise<void> {
    // Nothing is made yet: what bears a temporary name was left behind by a process that died.
    for (const name of await names(renditions)) {
      if (name.endsWith('.tmp')) await rm(path.join(renditions, name), { recursive: true, force: true });
      else await count(path.join(renditions, name));
    }
    for (const sha256 of await names(tiles)) {
      for (const level of await names(path.join(tiles, sha256))) {
        if (level.endsWith('.tmp')) await rm(path.join(tiles, sha256, level), { recursive: true, force: true });
        else await count(path.join(tiles, sha256, level));
        if (closed) return;
      }
    }
    await trim(limitBytes());
  }

  async function count(unit: string): Promise<void> {
    const found = await stat(unit).catch(() => null);
    if (!found) return;
    // Looking into a folder changes its access time, so that a folder's use is noted as its time of change.
    const usedAtMs = found.isDirectory() ? found.mtimeMs : Math.max(found.atimeMs, found.mtimeMs);
    units.set(unit, { bytes: found.isDirectory() ? await sizeOf(unit) : found.size, usedAtMs, notedAtMs: usedAtMs });
  }

  async function trim(limit: number): Promise<number> {
    let total = sum();
    let freed = 0;
    const oldest = [...units].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
    for (const [unit, { bytes, usedAtMs }] of oldest) {
      if (total <= limit || closed || now() - usedAtMs < IN_USE_MS) break;
      // Away under another name first: a level that is there is there with all its tiles.
      const leaving = `${unit}.${randomBytes(6).toString('hex')}.tmp`;
      await rename(unit, leaving).catch(() => {});
      await rm(leaving, { recursive: true, force: true });
      units.delete(unit);
      total -= bytes;
      freed += bytes;
    }
    return freed;
  }
  const sum = () => [...units.values()].reduce((bytes, unit) => bytes + unit.bytes, 0);

  async function note(unit: string): Promise<void> {
    const known = units.get(unit);
    if (!known) {
      await count(unit);
      const fresh = units.get(unit);
      if (fresh) fresh.usedAtMs = now();
      if (sum() > limitBytes()) await trim(limitBytes());
    } else if (known.usedAtMs - known.notedAtMs > NOTE_MS) {
      known.notedAtMs = known.usedAtMs;
      const found = await stat(unit).catch(() => null);
      if (found) await utimes(unit, known.usedAtMs / 1000, found.isDirectory() ? known.usedAtMs / 1000 : found.mtimeMs / 1000);
    }
  }

  return {
    served(file) {
      const unit = file.startsWith(tiles + path.sep) ? path.dirname(file) : file.startsWith(renditions + path.sep) ? file : null;
      if (unit === null || closed) return;
      const known = units.get(unit);
      if (known) known.usedAtMs = now();
      if (!known || known.usedAtMs - known.notedAtMs > NOTE_MS) void inTurn(() => note(unit), undefined).catch(() => {});
    },
    sizeBytes: () => inTurn(async () => sum(), 0),
    keepBelow: (limit) => inTurn(() => trim(limit), 0),
    async close() {
      closed = true;
      await last;
    },
  };
}

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function sizeOf(folder: string): Promise<number> {
  const files = await names(folder);
  let bytes = 0;
  for (let from = 0; from < files.length; from += AT_A_TIME) {
    const sizes = await Promise.all(
      files.slice(from, from + AT_A_TIME).map(async (name) => (await stat(path.join(folder, name)).catch(() => null))?.size ?? 0),
    );
    bytes += sizes.reduce((sum, size) => sum + size, 0);
  }
  return bytes;
}
