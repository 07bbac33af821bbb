/**
 * What an export that was stopped keeps in its hidden folder, so that the next run of it goes on: finished files with their hashes, and what became of
 * the images that were read. A journal of lines, appended; everything in it is hashed again before it is used, and what it does not name is taken away.
 */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { EmbeddedImage } from '../../../shared/formats/format.ts';
import type { NumberedItem } from './items.ts';
import { hashFile, type WrittenFile } from './out-file.ts';
import { standIn } from './row-digest.ts';

/** The journal's name in the hidden folder. */
export const JOURNAL = '.unfinished.jsonl';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
/** `same`: what must not differ for anything to be used again. `seq`: what must not differ for rows to be; images depend on their own bytes alone. */
const keySchema = z.strictObject({ t: z.literal('key'), same: z.string(), project: z.string(), seq: count });
const shardSchema = z.strictObject({
  t: z.literal('shard'),
  /** Below the hidden folder. */
  path: z.string(),
  table: z.string(),
  split: z.string(),
  rows: count,
  sizeBytes: count,
  sha256: hex,
  /** Over the digests of its rows. */
  digest: hex,
});
const fileSchema = z.strictObject({ t: z.literal('file'), path: z.string(), sizeBytes: count, sha256: hex });
const imageSchema = z.strictObject({
  t: z.literal('image'),
  num: count,
  source: hex,
  sha256: hex,
  path: z.string(),
  widthPx: count,
  heightPx: count,
  unchanged: z.boolean(),
});
const lineSchema = z.discriminatedUnion('t', [shardSchema, fileSchema, imageSchema]);
type Line = z.infer<typeof lineSchema>;
/** A data file that was finished, hashed and read back. */
export type KeptShard = Omit<z.infer<typeof shardSchema>, 't'>;
export type LeftoverKey = Omit<z.infer<typeof keySchema>, 't'>;
/** An image as it went into the export, without its bytes. */
export interface KeptImage {
  readonly image: EmbeddedImage;
  readonly unchanged: boolean;
}

/** The rows that would be written now are not those of a finished file, so that nothing of it can be used. */
export class StaleLeftover extends Error {}

/** Lines that may be lost when the process dies: their files are then made again. */
const PENDING = 16;

export class Leftover {
  readonly folder: string;
  /** Files beside the tables that were there already, by path. */
  readonly files = new Map<string, WrittenFile>();
  readonly #shards: KeptShard[] = [];
  readonly #images = new Map<number, z.infer<typeof imageSchema>>();
  #pending: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #noted = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder, or takes it over with all in it that is still whole and of use. */
  static async open(folder: string, key: LeftoverKey, signal: AbortSignal, withRows = true): Promise<Leftover> {
    const made = new Leftover(folder);
    const lines = (await readJournal(folder, key))?.filter((line) => withRows || line.t !== 'shard');
    if (lines) await made.#check(lines, signal);
    await mkdir(folder, { recursive: true });
    await made.#sweep();
    const kept: unknown[] = [
      { t: 'key', ...key },
      ...made.#shards.map((shard) => ({ t: 'shard', ...shard })),
      ...[...made.files].map(([name, file]) => ({ t: 'file', path: name, ...file })),
      ...made.#images.values(),
    ];
    await writeFile(path.join(folder, `${JOURNAL}.new`), kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await rename(path.join(folder, `${JOURNAL}.new`), path.join(folder, JOURNAL));
    return made;
  }

  /** Finished data files of a table and split, in their order. */
  shardsOf(table: string, split: string): readonly KeptShard[] {
    return this.#shards.filter((shard) => shard.table === table && shard.split === split);
  }

  /** How an image went in the last time; null where it did not. */
  imageOf({ num, image }: Pick<NumberedItem, 'num' | 'image'>): KeptImage | null {
    const kept = this.#images.get(num);
    if (kept?.source !== image.sha256) return null;
    const { sha256, path: name, widthPx, heightPx, unchanged } = kept;
    return { image: { value: { bytes: standIn(sha256), path: name }, sha256, widthPx, heightPx }, unchanged };
  }

  /** Whether there is anything that would be lost with the folder. */
  get isWorthKeeping(): boolean {
    return this.#noted > 0;
  }

  noteShard(shard: KeptShard): Promise<void> {
    this.#noted++;
    this.#note({ t: 'shard', ...shard });
    return this.flush();
  }

  noteFile(name: string, file: WrittenFile): void {
    this.#noted++;
    this.#note({ t: 'file', path: name, ...file });
  }

  noteImage({ num, image: { sha256: source } }: Pick<NumberedItem, 'num' | 'image'>, { image, unchanged }: KeptImage): void {
    // What is named where it is was not written.
    if (image.isReference || this.#images.has(num)) return;
    const { value, sha256, widthPx, heightPx } = image;
    this.#note({ t: 'image', num, source, sha256, path: value.path, widthPx, heightPx, unchanged });
  }

  #note(line: Line): void {
    this.#pending.push(`${JSON.stringify(line)}\n`);
    if (this.#pending.length >= PENDING) void this.flush();
  }

  /** A journal that can't be written only costs what it would have saved. */
  flush(): Promise<void> {
    const text = this.#pending.splice(0).join('');
    if (text !== '') this.#writing = this.#writing.then(() => appendFile(path.join(this.folder, JOURNAL), text)).catch(() => {});
    return this.#writing;
  }

  async #check(lines: readonly Line[], signal: AbortSignal): Promise<void> {
    const broken = new Set<string>();
    const isWhole = async (name: string, file: WrittenFile) => {
      const found = await hashFile(path.join(this.folder, name), signal).catch(() => null);
      signal.throwIfAborted();
      return found !== null && found.sizeBytes === file.sizeBytes && found.sha256 === file.sha256;
    };
    for (const line of lines) {
      if (line.t === 'image') this.#images.set(line.num, line);
      else {
        const { t, path: name, ...rest } = line;
        const lane = 'table' in rest ? `${rest.table} ${rest.split}` : '';
        // After a gap in its row of files nothing of it is of use.
        if (broken.has(lane)) continue;
        if (!(await isWhole(name, rest))) {
          if (t === 'shard') broken.add(lane);
        } else if (line.t === 'shard') this.#shards.push({ path: line.path, ...(rest as Omit<KeptShard, 'path'>) });
        else this.files.set(name, { sizeBytes: rest.sizeBytes, sha256: rest.sha256 });
      }
    }
    this.#noted = this.#shards.length + this.files.size;
  }

  async #sweep(): Promise<void> {
    const known = new Set([...this.#shards.map((shard) => shard.path), ...this.files.keys()]);
    for (const entry of await readdir(this.folder, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      const name = path.relative(this.folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
      if (!known.has(name)) await rm(path.join(this.folder, name), { force: true });
    }
  }
}

/** The lines of a journal that are of use with this key; null where none is. The last one may be torn. */
async function readJournal(folder: string, key: LeftoverKey): Promise<Line[] | null> {
  const text = await readFile(path.join(folder, JOURNAL), 'utf8').catch(() => null);
  if (text === null) return null;
  const [head, ...rest] = text.split('\n');
  const found = keyOf(head);
  if (found === null || found.same !== key.same || found.project !== key.project) return null;
  const lines: Line[] = [];
  for (const line of rest) {
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) break;
    if (!isInside(parsed.data) || (parsed.data.t === 'shard' && found.seq !== key.seq)) continue;
    lines.push(parsed.data);
  }
  return lines;
}

/** A journal is a file that anybody may have changed: no name in it leads out of the folder. */
const isInside = (line: Line) => line.t === 'image' || (!path.isAbsolute(line.path) && !line.path.split(/[/\\]/).includes('..'));

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
function keyOf(line: string | undefined): LeftoverKey | null {
  const parsed = keySchema.safeParse(jsonOf(line));
  return parsed.success ? parsed.data : null;
}

/** The key in a hidden folder; null where it has no journal. */
export async function leftoverKey(folder: string): Promise<LeftoverKey | null> {
  if (!existsSync(path.join(folder, JOURNAL))) return null;
  const text = await readFile(path.join(folder, JOURNAL), 'utf8').catch(() => '');
  return keyOf(text.slice(0, text.indexOf('\n')));
}
