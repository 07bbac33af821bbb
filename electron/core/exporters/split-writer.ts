/** Writes the rows of one table and split into files of bounded size, reads each file back when it is full, and compares every row. */
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { ImageValue, Row, Table } from '../../../shared/formats/columns.ts';
import type { ContainerName, Format, Split } from '../../../shared/formats/format.ts';
import type { Container, RowFile, WholeExport } from './containers/container.ts';
import { containers } from './containers/containers.ts';
import { type KeptShard, StaleLeftover } from './leftover.ts';
import { OutFile, syncFolder, type WrittenFile } from './out-file.ts';
import type { ReadBack } from './read-back.ts';
import { digestOfAll, isStandIn, rowDigest } from './row-digest.ts';

export interface SplitLimits {
  /** A file is closed when it has this many bytes. */
  readonly fileBytes: number;
  readonly groupBytes: number;
  readonly groupRows: number;
  /** Bytes of a group when it is read: a reader that can't share repeated images holds them all, and Arrow's offsets end at 2 GiB. */
  readonly expandedBytes: number;
}
/** Files of 400 MB as on the hub; groups of at most 1,000 rows. */
export const usualLimits: Omit<SplitLimits, 'groupBytes'> = { fileBytes: 400_000_000, groupRows: 1000, expandedBytes: 256 << 20 };

export interface SplitFile extends WrittenFile {
  /** Below the data's folder, with forward slashes. */
  readonly path: string;
  readonly table: string;
  readonly split: string;
  readonly rows: number;
}

/** What was read back is not what was written. */
export class ReadBackError extends Error {
  readonly file: string;
  constructor(file: string, message: string) {
    super(`${file}: ${message}`);
    this.name = 'ReadBackError';
    this.file = file;
  }
}

interface OpenFile {
  readonly file: OutFile;
  readonly rows: RowFile;
  readonly path: string;
  readonly digests: bigint[];
}

const NO_BYTES = new Uint8Array();
/** Files of a split that are checked while the next one is written. */
const MAX_CHECKS = 1;

export interface SplitWriterOptions {
  readonly table: Table;
  readonly split: Split;
  readonly container: ContainerName;
  readonly readBack: ReadBack;
  /** The data's folder. */
  readonly folder: string;
  readonly fileName: Format['fileName'];
  readonly whole: WholeExport;
  readonly limits?: Partial<SplitLimits>;
  /** Files that an earlier run finished: their rows are compared and not written again. */
  readonly kept: readonly KeptShard[];
  /** Told of each file when it is finished and read back; its path is below the data's folder. */
  finished(shard: KeptShard): Promise<void>;
}

export class SplitWriter {
  readonly table: Table;
  readonly split: Split;
  rows = 0;
  readonly #options: SplitWriterOptions;
  readonly #container: Container;
  readonly #limits: SplitLimits;
  readonly #done: { readonly temporary: string; written: WrittenFile | null; readonly rows: number }[] = [];
  /** Finished files on their way to the disk and back, in their order. */
  #checks: Promise<void>[] = [];
  readonly #kept: KeptShard[];
  #skipped: bigint[] = [];
  #open: OpenFile | null = null;
  #group: Row[] = [];
  #storedBytes = 0;
  #expandedBytes = 0;
  #lastBytes: Uint8Array | null = null;

  constructor(options: SplitWriterOptions) {
    this.#options = options;
    this.table = options.table;
    this.split = options.split;
    this.#container = containers[options.container];
    this.#kept = [...options.kept];
    const { groupBytes, fileBytes } = this.#container;
    this.#limits = { ...usualLimits, groupBytes, ...options.limits, ...(fileBytes !== undefined && { fileBytes }) };
  }

  /** How many rows come next that an earlier run has written. */
  get toSkip(): number {
    return this.#kept.reduce((sum, shard) => sum + shard.rows, 0) - this.#skipped.length;
  }

  async add(row: Row): Promise<void> {
    if (this.#kept.length > 0) return this.#skip(row);
    // Where the image is a file beside the table the row itself is small.
    const image = (row['image'] ?? (row['images'] as readonly ImageValue[] | undefined)?.[0]) as ImageValue | string | undefined;
    const bytes = typeof image === 'object' ? image.bytes : NO_BYTES;
    if (isStandIn(bytes)) throw new StaleLeftover(`${this.table.name}/${this.split}`);
    const isRepeated = bytes === this.#lastBytes && this.#container.storesRepeatedImagesOnce;
    this.#group.push(row);
    this.#lastBytes = bytes;
    this.#expandedBytes += bytes.byteLength;
    this.#storedBytes += isRepeated ? 0 : bytes.byteLength;
    this.rows++;
    const { groupBytes, groupRows, expandedBytes } = this.#limits;
    if (this.#storedBytes >= groupBytes || this.#expandedBytes >= expandedBytes || this.#group.length >= groupRows) await this.#writeGroup();
  }

  /** A row that is in a finished file, if that file is what would be written now. */
  #skip(row: Row): void {
    const [shard] = this.#kept;
    this.#skipped.push(this.#digest(row));
    this.rows++;
    if (this.#skipped.length < shard!.rows) return;
    if (digestOfAll(this.#skipped) !== shard!.digest) throw new StaleLeftover(shard!.path);
    const { sizeBytes, sha256, rows } = shard!;
    this.#done.push({ temporary: path.join(this.#options.folder, shard!.path), written: { sizeBytes, sha256 }, rows });
    this.#kept.shift();
    this.#skipped = [];
  }

  /** Ends the last file. A split without rows is one file without rows, or none. */
  async finish(): Promise<SplitFile[]> {
    if (this.#kept.length > 0) throw new StaleLeftover(this.#kept[0]!.path);
    await this.#writeGroup();
    if (this.rows === 0 && this.#container.writesEmptySplits) await this.#begin();
    await this.#close();
    await Promise.all(this.#checks);
    return this.#done.map(({ written, rows }, index) => {
      const name = this.#options.fileName(this.table.name, this.split, index, this.#done.length);
      return { path: name, table: this.table.name, split: this.split, rows, ...written! };
    });
  }

  /** Gives the files their names, the last thing that is done: until then an earlier run's are known by their temporary ones. */
  async place(): Promise<void> {
    for (const [index, { temporary }] of this.#done.entries()) {
      const target = path.join(this.#options.folder, this.#options.fileName(this.table.name, this.split, index, this.#done.length));
      await mkdir(path.dirname(target), { recursive: true });
      await rename(temporary, target);
      await syncFolder(path.dirname(target));
    }
  }

  /** Lets go of the open file after a failure. What was finished before it is still checked, so that it is of use next time. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#checks);
    await this.#open?.file.abandon();
    this.#open = null;
  }

  async #begin(): Promise<OpenFile> {
    const file = path.join(this.#options.folder, `.${this.table.name}-${this.split}-${this.#done.length}.tmp`);
    const out = await OutFile.create(file);
    return (this.#open = { file: out, rows: this.#container.open(this.table, out, this.#options.whole), path: file, digests: [] });
  }

  async #writeGroup(): Promise<void> {
    const group = this.#group;
    if (group.length === 0) return;
    this.#group = [];
    this.#storedBytes = this.#expandedBytes = 0;
    this.#lastBytes = null;
    const open = this.#open ?? (await this.#begin());
    await open.rows.writeGroup(group);
    for (const row of group) open.digests.push(this.#digest(row));
    if (open.file.sizeBytes >= this.#limits.fileBytes) await this.#close();
  }

  /** Ends the file and has it checked, while the next one is written. */
  async #close(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    await open.rows.end();
    this.#open = null;
    const before = this.#checks.at(-1) ?? Promise.resolve();
    const check = before.then(() => this.#check(open));
    // Whoever waits for it hears of it; until then it is no error that nobody handles.
    check.catch(() => open.file.abandon());
    this.#done.push({ temporary: open.path, written: null, rows: open.digests.length });
    this.#checks.push(check);
    if (this.#checks.length > MAX_CHECKS) await this.#checks.shift();
  }

  async #check({ file, path: temporary, digests }: OpenFile): Promise<void> {
    await file.close();
    const { container, readBack, finished } = this.#options;
    const asked = { container, table: this.table, path: temporary, sizeBytes: file.sizeBytes, digests: BigUint64Array.from(digests) };
    const written = await readBack.check(asked).catch((thrown: unknown) => {
      const isOurs = !(thrown instanceof Error) || thrown.name === 'AbortError' || 'code' in thrown;
      throw isOurs ? thrown : new ReadBackError(`${this.table.name}/${this.split}`, thrown.message);
    });
    this.#done.find((done) => done.temporary === temporary)!.written = written;
    // The one file of a split is finished with the whole, whose labels it may name.
    if (this.#limits.fileBytes === Infinity || digests.length === 0) return;
    const { name: table } = this.table;
    await finished({ path: path.basename(temporary), table, split: this.split, rows: digests.length, ...written, digest: digestOfAll(digests) });
  }

  #digest(row: Row): bigint {
    return rowDigest(this.table.columns, this.#container.compared?.(row) ?? row);
  }
}
