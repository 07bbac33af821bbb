/** Writes all files of an export into a folder that nobody else looks at yet. */
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { featuresOf, type Row } from '../../../shared/formats/columns.ts';
import { type Finding, isKept } from '../../../shared/formats/findings.ts';
import { type FileBeside, type Format, type Mapped, noImage, splits } from '../../../shared/formats/format.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { exportText } from '../../../shared/formats/work.ts';
import { labelSets } from '../../../shared/domain/point-mark.ts';
import { isExhaustive, parseSweep } from '../../../shared/domain/sweep.ts';
import { workAhead } from './ahead.ts';
import type { Embedding } from './embed.ts';
import { JsonLines } from './json-lines.ts';
import type { KeptShard, Leftover } from './leftover.ts';
import type { ImageFiles } from './image-files.ts';
import { syncFiles, syncFolder, type WrittenFile, writeWhole } from './out-file.ts';
import type { NumberedItem } from './items.ts';
import { type Makers, MakersCount } from './makers.ts';
import type { Plan } from './plan.ts';
import { ReadBack } from './read-back.ts';
import { type SplitFile, type SplitLimits, SplitWriter } from './split-writer.ts';

export interface ListedFile extends WrittenFile {
  readonly path: string;
  readonly rows?: number;
}
export interface Written {
  readonly images: number;
  readonly unchangedImages: number;
  /** Labels of these images, and how many of them were looked for in the whole image, cell by cell. */
  readonly labels: { all: number; swept: number };
  /** Rows by table and split. */
  readonly rows: Record<string, Record<string, number>>;
  readonly findings: Record<string, number>;
  readonly makers: Makers;
  /** The first row of each table, for its description. */
  readonly samples: Readonly<Record<string, Row>>;
  /** The first few that were left out, for people. */
  readonly skipped: { name: string; reason: string }[];
  readonly files: ListedFile[];
  /** Gives the data files their names, when all else is written. */
  place(): Promise<void>;
}
export interface WriteOptions {
  readonly format: Format;
  /** What people call it. */
  readonly name: string;
  readonly folder: string;
  readonly plan: Plan;
  readonly items: AsyncIterable<NumberedItem>;
  embed(item: ExportItem): Promise<Embedding>;
  readonly signal: AbortSignal;
  progress(done: number, current: string): void;
  readonly limits?: Partial<SplitLimits>;
  /** What an earlier run of the same export finished. */
  readonly leftover: Leftover;
  /** The thread that reads and writes image files; where there are few, it is not worth its start. */
  readonly imageFiles: ImageFiles | null;
}
const MAX_TOLD = 500;
/** Images that are read, and turned where need be, while others are written. Files of their own wait for the disk side by side. */
const AHEAD = { rows: 4, files: 12, beside: 12 } as const;
/** With a thread that reads them, many to a message. */
const AHEAD_IN_THREAD = { rows: 16, files: 64, beside: 64 } as const;

export async function writeExport(options: WriteOptions): Promise<Written> {
  const { format, folder, leftover } = options;
  const dataFolder = path.join(folder, format.root);
  const readBack = new ReadBack(options.signal);
  const writers = writersOf(options, dataFolder, readBack);
  await mkdir(dataFolder, { recursive: true });
  const images = await JsonLines.create(path.join(folder, 'images.jsonl'));
  const findings = await JsonLines.create(path.join(folder, 'findings.jsonl'));
  try {
    const beside: Beside = { written: new Map([...leftover.files].map(([name, file]) => [name, Promise.resolve(file)])), used: new Set() };
    const told = await writeRows(options, writers, images, findings, beside);
    const files: SplitFile[] = [];
    for (const writer of writers) files.push(...(await writer.finish()));
    const listed: ListedFile[] = files.map(({ sizeBytes, sha256, rows, ...file }) => ({
      path: path.posix.join(format.root, file.path),
      sizeBytes,
      sha256,
      rows,
    }));
    if (format.container === 'arrow') listed.push(...(await describeFolders(format, folder, files)));
    listed.push({ path: 'images.jsonl', ...(await images.close()) }, { path: 'findings.jsonl', ...(await findings.close()) });
    listed.push(...(await listBeside(folder, beside)));
    const rows: Written['rows'] = {};
    for (const writer of writers) (rows[writer.table.name] ??= {})[writer.split] = writer.rows;
    for (const { path: name, text } of format.extras?.({ name: options.name, rows, labels: options.plan.labels, files }) ?? []) {
      await mkdir(path.dirname(path.join(dataFolder, name)), { recursive: true });
      listed.push({ path: path.posix.join(format.root, name), ...(await writeWhole(path.join(dataFolder, name), text)) });
    }
    const place = async () => {
      for (const writer of writers) await writer.place();
      await syncFolder(dataFolder);
    };
    return { ...told, rows, files: listed, place };
  } catch (thrown) {
    await Promise.all([...writers, images, findings].map((open) => open.abandon()));
    await leftover.flush();
    throw thrown;
  } finally {
    await readBack.close();
  }
}

function writersOf({ format, plan, limits, leftover }: WriteOptions, folder: string, readBack: ReadBack): SplitWriter[] {
  const common = { container: format.container, readBack, folder, fileName: format.fileName, whole: plan, ...(limits && { limits }) };
  return format.tables.flatMap((table) =>
    splits.map((split) => {
      const kept = leftover.shardsOf(table.name, split).map((shard) => ({ ...shard, path: path.posix.relative(format.root, shard.path) }));
      const finished = (shard: KeptShard) => leftover.noteShard({ ...shard, path: path.posix.join(format.root, shard.path) });
      return new SplitWriter({ ...common, table, split, kept, finished });
    }),
  );
}

/** Files beside the tables: those that are written or being written, by path, and those that rows of this run name. */
interface Beside {
  readonly written: Map<string, Promise<WrittenFile>>;
  readonly used: Set<string>;
}
interface Prepared {
  readonly mapped: Mapped | null;
  readonly embedding: Embedding | null;
}

/** Maps items with their images, in their order. As long as rows come that an earlier run wrote, their images are not read again. */
async function* preparedItems({ format, items, plan, embed, leftover, folder, imageFiles }: WriteOptions, writers: readonly SplitWriter[], beside: Beside) {
  const isThere = (files: readonly FileBeside[] = []) => files.every((file) => beside.written.has(file.path));
  const use = (files: readonly FileBeside[] = []) => files.forEach((file) => beside.used.add(file.path));
  const keptRows = (item: NumberedItem): Prepared | null => {
    const embedding = leftover.imageOf(item);
    if (embedding === null || !plan.has(item.num)) return null;
    const split = plan.splitOf(item.image);
    const mapped = format.map(item, embedding.image, split);
    const fits = format.images !== 'rows' || writers.every((writer) => writer.split !== split || writer.toSkip >= mapped.rows[writer.table.name]!.length);
    if (!fits || !isThere(mapped.files)) return null;
    use(mapped.files);
    return { mapped, embedding };
  };
  const prepare = async (item: NumberedItem): Promise<Prepared> => {
    if (!plan.has(item.num)) return { mapped: format.map(item, noImage, 'train'), embedding: null };
    const kept = format.images === 'rows' ? null : keptRows(item);
    if (kept) return kept;
    const embedding = await embed(item);
    if ('refused' in embedding) return { mapped: null, embedding };
    const mapped = format.map(item, embedding.image, plan.splitOf(item.image));
    use(mapped.files);
    await writeBeside(folder, mapped.files ?? [], beside.written, leftover, imageFiles);
    imageFiles?.drop(embedding.image.value.bytes);
    leftover.noteImage(item, embedding);
    return { mapped, embedding };
  };
  const rest = items[Symbol.asyncIterator]();
  while (writers.some((writer) => writer.toSkip > 0)) {
    const next = await rest.next();
    if (next.done) return;
    yield [next.value, keptRows(next.value) ?? (await prepare(next.value))] as const;
  }
  yield* workAhead({ [Symbol.asyncIterator]: () => rest }, (imageFiles ? AHEAD_IN_THREAD : AHEAD)[format.images], prepare);
}

async function writeRows(
  options: WriteOptions,
  writers: readonly SplitWriter[],
  images: JsonLines,
  findings: JsonLines,
  beside: Beside,
): Promise<Omit<Written, 'rows' | 'files' | 'place'>> {
  const { plan, signal, progress } = options;
  const told = { images: 0, unchangedImages: 0, labels: { all: 0, swept: 0 }, findings: {} as Record<string, number>, skipped: [] as Written['skipped'] };
  const tell = async (item: ExportItem, found: readonly Finding[]) => {
    for (const { reason, detail } of found) {
      told.findings[reason] = (told.findings[reason] ?? 0) + 1;
      if (!isKept(reason) && told.skipped.length < MAX_TOLD) told.skipped.push({ name: item.image.name, reason });
      await findings.add({ image_url: `sha256:${item.image.sha256}`, name: item.image.name, reason, in_export: isKept(reason), detail });
    }
  };
  const makers = new MakersCount();
  const samples: Record<string, Row> = {};
  let done = 0;
  for await (const [item, { mapped, embedding }] of preparedItems(options, writers, beside)) {
    signal.throwIfAborted();
    if (embedding === null) {
      await tell(item, [...item.findings, ...mapped!.findings]);
      continue;
    }
    progress(done++, item.image.name);
    if ('refused' in embedding) {
      await tell(item, [{ reason: embedding.refused, detail: '' }]);
      continue;
    }
    const split = plan.splitOf(item.image);
    const { rows, findings: found } = mapped!;
    for (const writer of writers) if (writer.split === split) for (const row of rows[writer.table.name]!) await writer.add(row);
    await tell(item, [...item.findings, ...found]);
    const { widthPx, heightPx, name, sha256 } = item.image;
    const labels = labelSets(item.doc);
    const swept = labels.filter((set) => isExhaustive(parseSweep(set.sweep))).map((set) => exportText(set.label));
    told.labels.all += labels.length;
    told.labels.swept += swept.length;
    await images.add({
      image_url: `sha256:${sha256}`,
      image_sha256: embedding.image.sha256,
      unchanged: embedding.unchanged,
      name,
      width_px: widthPx,
      height_px: heightPx,
      split,
      swept_labels: swept,
    });
    makers.add(item);
    for (const [table, list] of Object.entries(rows)) if (list[0] && !(table in samples)) samples[table] = list[0];
    told.images++;
    if (embedding.unchanged) told.unchangedImages++;
  }
  progress(plan.images, '');
  return { ...told, makers: makers.all, samples };
}

/** Writes files that are not there yet; two images with the same upright bytes share one. */
async function writeBeside(
  folder: string,
  beside: readonly FileBeside[],
  files: Beside['written'],
  leftover: Leftover,
  thread: ImageFiles | null,
): Promise<void> {
  const here = async (file: string, bytes: Uint8Array) => {
    await mkdir(path.dirname(file), { recursive: true });
    return writeWhole(file, bytes);
  };
  const write = async (name: string, bytes: Uint8Array) => {
    const file = path.join(folder, name);
    const written = await (thread?.holds(bytes) ? thread.write(bytes, file) : here(file, bytes));
    leftover.noteFile(name, written);
    return written;
  };
  for (const { path: name, bytes } of beside) {
    let written = files.get(name);
    if (!written) files.set(name, (written = write(name, bytes)));
    await written;
  }
}

/** What lies beside the tables; what an earlier run wrote and no row names any more is taken away. */
async function listBeside(folder: string, { written, used }: Beside): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for (const [name, file] of [...written].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (used.has(name)) listed.push({ path: name, ...(await file) });
    else await rm(path.join(folder, name), { force: true });
  }
  await syncFiles(folder, [...used]);
  return listed;
}

/** The JSON files beside the Arrow streams, as `datasets` writes them. Not its own `List` notation, which versions before 4 refuse. */
async function describeFolders(format: Format, folder: string, files: readonly SplitFile[]): Promise<ListedFile[]> {
  const { root } = format;
  const listed: ListedFile[] = [];
  const write = async (name: string, value: unknown) => {
    await mkdir(path.dirname(path.join(folder, root, name)), { recursive: true });
    listed.push({ path: path.posix.join(root, name), ...(await writeWhole(path.join(folder, root, name), JSON.stringify(value))) });
  };
  for (const table of format.tables) {
    await write(`${table.name}/dataset_dict.json`, { splits });
    for (const split of splits) {
      const own = files.filter((file) => file.table === table.name && file.split === split);
      const fingerprint = createHash('sha256')
        .update(own.map((file) => file.sha256).join())
        .digest('hex')
        .slice(0, 16);
      await write(`${table.name}/${split}/dataset_info.json`, { citation: '', description: '', features: featuresOf(table), homepage: '', license: '' });
      await write(`${table.name}/${split}/state.json`, {
        _data_files: own.map((file) => ({ filename: path.posix.basename(file.path) })),
        _fingerprint: fingerprint,
        _format_columns: null,
        _format_kwargs: {},
        _format_type: null,
        _output_all_columns: false,
        _split: split,
      });
      await syncFolder(path.join(folder, root, table.name, split));
    }
  }
  return listed;
}
