/** Writes all files of an export into a folder that nobody else looks at yet. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { featuresOf, type Row } from '../../../shared/formats/columns.ts';
import { type Finding, isKept } from '../../../shared/formats/findings.ts';
import { type FileBeside, type Format, noImage, splits } from '../../../shared/formats/format.ts';
import type { ExportItem } from '../../../shared/formats/source.ts';
import { exportText } from '../../../shared/formats/work.ts';
import { labelSets } from '../../../shared/domain/point-mark.ts';
import { isExhaustive, parseSweep } from '../../../shared/domain/sweep.ts';
import { workAhead } from './ahead.ts';
import { containers } from './containers/containers.ts';
import type { Embedding } from './embed.ts';
import { JsonLines } from './json-lines.ts';
import { syncFolder, type WrittenFile, writeWhole } from './out-file.ts';
import type { NumberedItem } from './items.ts';
import { type Makers, MakersCount } from './makers.ts';
import type { Plan } from './plan.ts';
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
}
const MAX_TOLD = 500;
/** Images that are read, and turned where need be, while others are written. Files of their own wait for the disk side by side. */
const AHEAD = { rows: 4, files: 12, beside: 12 } as const;

export async function writeExport(options: WriteOptions): Promise<Written> {
  const { format, folder, signal } = options;
  const dataFolder = path.join(folder, format.root);
  const container = containers[format.container];
  const writers = format.tables.flatMap((table) =>
    splits.map(
      (split) =>
        new SplitWriter({
          table,
          split,
          container,
          folder: dataFolder,
          fileName: format.fileName,
          whole: options.plan,
          signal,
          ...(options.limits && { limits: options.limits }),
        }),
    ),
  );
  await mkdir(dataFolder, { recursive: true });
  const images = await JsonLines.create(path.join(folder, 'images.jsonl'));
  const findings = await JsonLines.create(path.join(folder, 'findings.jsonl'));
  try {
    const beside = new Map<string, Promise<WrittenFile>>();
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
    for (const name of new Set(files.map((file) => path.dirname(file.path)))) await syncFolder(path.join(dataFolder, name));
    await syncFolder(dataFolder);
    listed.push({ path: 'images.jsonl', ...(await images.close()) }, { path: 'findings.jsonl', ...(await findings.close()) });
    for (const [name, file] of beside) listed.push({ path: name, ...(await file) });
    for (const name of new Set([...beside.keys()].map((file) => path.dirname(file)))) await syncFolder(path.join(folder, name));
    const rows: Written['rows'] = {};
    for (const writer of writers) (rows[writer.table.name] ??= {})[writer.split] = writer.rows;
    for (const { path: name, text } of format.extras?.({ name: options.name, rows, labels: options.plan.labels, files }) ?? []) {
      listed.push({ path: path.posix.join(format.root, name), ...(await writeWhole(path.join(dataFolder, name), text)) });
    }
    return { ...told, rows, files: listed };
  } catch (thrown) {
    await Promise.all([...writers, images, findings].map((open) => open.abandon()));
    throw thrown;
  }
}

async function writeRows(
  { format, folder, items, plan, embed, signal, progress }: WriteOptions,
  writers: readonly SplitWriter[],
  images: JsonLines,
  findings: JsonLines,
  files: Map<string, Promise<WrittenFile>>,
): Promise<Omit<Written, 'rows' | 'files'>> {
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
  const prepare = async (item: NumberedItem) => {
    if (!plan.has(item.num)) return { mapped: format.map(item, noImage, 'train'), embedding: null };
    const embedding = await embed(item);
    if ('refused' in embedding) return { mapped: null, embedding };
    const mapped = format.map(item, embedding.image, plan.splitOf(item.image));
    await writeBeside(folder, mapped.files ?? [], files);
    return { mapped, embedding };
  };
  for await (const [item, { mapped, embedding }] of workAhead(items, AHEAD[format.images], prepare)) {
    signal.throwIfAborted();
    if (embedding === null) {
      await tell(item, [...item.findings, ...mapped.findings]);
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
async function writeBeside(folder: string, beside: readonly FileBeside[], files: Map<string, Promise<WrittenFile>>): Promise<void> {
  const write = async (file: string, bytes: Uint8Array) => {
    await mkdir(path.dirname(file), { recursive: true });
    return writeWhole(file, bytes);
  };
  for (const { path: name, bytes } of beside) {
    let written = files.get(name);
    if (!written) files.set(name, (written = write(path.join(folder, name), bytes)));
    await written;
  }
}

/** The JSON files beside the Arrow streams, as `datasets` writes them. Not its own `List` notation, which versions before 4 refuse. */
async function describeFolders(format: Format, folder: string, files: readonly SplitFile[]): Promise<ListedFile[]> {
  const { root } = format;
  const listed: ListedFile[] = [];
  const write = async (name: string, value: unknown) => {
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
