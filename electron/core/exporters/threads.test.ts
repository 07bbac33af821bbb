/** The threads that read images and read back: the same bytes as without them, the same refusals, and nothing wrong passes. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import type { Row } from '../../../shared/formats/columns.ts';
import { pixmoTables } from '../../../shared/formats/tables/pixmo.ts';
import { openParquet } from './containers/parquet-writer.ts';
import { hashFile, OutFile } from './out-file.ts';
import { ReadBack } from './read-back.ts';
import { rowDigest } from './row-digest.ts';
import { exportProject } from './run-export.ts';
import { AUTHOR, makeTestProject, quietJob, tinyPng } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

const bytesOf = (folder: string) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), readFileSync(file).toString('latin1')] as const),
  );

test('with the threads an export is the same bytes and leaves out the same images for the same reasons', async () => {
  const made = makeTestProject();
  try {
    const shas: string[] = [];
    for (let n = 0; n < 40; n++) {
      // Noise behind the picture makes the data larger than what is read back without a thread.
      const bytes = Buffer.concat([tinyPng(2, 2, [n, 1, 1]), randomBytes(n === 7 ? 10 : 150_000)]);
      const write: Parameters<typeof made.add>[2] = (edit) => {
        edit(() => authoring.addCaption(AUTHOR, `Caption ${n}`));
        edit((doc) => authoring.setState(doc, 'accepted'));
      };
      shas.push(made.add(`${n}.png`, bytes, write, { orientation: n === 5 ? 6 : 1 }));
    }
    const original = (n: number) => path.join(made.folder, 'media/originals', shas[n]!);
    rmSync(original(3));
    writeFileSync(original(4), 'another file');
    const tools = { uprightBytes: () => Promise.resolve(tinyPng(2, 2, [9, 9, 9])) };
    for (const profile of ['pixmo-parquet', 'llava', 'coco-captions', 'molmo-folders'] as const) {
      const params = { profile, folder: null, states: ['accepted' as const], validationShare: 0.3 };
      const plain = await exportProject(made.project, params, quietJob(), { ...tools, fewImages: Infinity });
      const threaded = await exportProject(made.project, params, quietJob(), { ...tools, fewImages: 1 });
      expect(threaded.skipped).toEqual([
        { name: '3.png', reason: 'image-missing' },
        { name: '4.png', reason: 'image-changed' },
      ]);
      expect(threaded.skipped).toEqual(plain.skipped);
      expect(bytesOf(threaded.folder)).toEqual(bytesOf(plain.folder));
    }
  } finally {
    made.remove();
  }
});

test('a bit that turned on the disk, a row too few and a row too many are told, in the thread as without', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-readback-'));
  const [table] = pixmoTables;
  const readBack = new ReadBack(new AbortController().signal);
  try {
    for (const size of [100, 300_000]) {
      const file = path.join(folder, `rows-${size}`);
      const rows = Array.from({ length: 20 }, (_, n): Row => {
        const bytes = Uint8Array.from(randomBytes(size));
        return { image_url: `u${n}`, image_sha256: 's', caption: `c${n}`, transcripts: ['t'], image: { bytes, path: `${n}.png` } };
      });
      const out = await OutFile.create(file);
      const parquet = openParquet(table, out);
      await parquet.writeGroup(rows);
      await parquet.end();
      await out.close();
      const digests = BigUint64Array.from(rows.map((row) => rowDigest(table.columns, row)));
      const asked = { container: 'parquet' as const, table, path: file, sizeBytes: out.sizeBytes, digests };
      expect(await readBack.check(asked)).toEqual(await hashFile(file));
      await expect(readBack.check({ ...asked, digests: digests.subarray(1) })).rejects.toThrow('row 0 is not what was written');
      await expect(readBack.check({ ...asked, digests: BigUint64Array.from([...digests, 1n]) })).rejects.toThrow('20 rows instead of 21');
      await expect(readBack.check({ ...asked, sizeBytes: 1 + out.sizeBytes })).rejects.toThrow('bytes instead of');
      const bytes = readFileSync(file);
      bytes[Math.floor(bytes.length / 3)]! ^= 1;
      writeFileSync(file, bytes);
      await expect(readBack.check(asked)).rejects.toThrow(/row \d+ is not what was written/);
    }
  } finally {
    await readBack.close();
    rmSync(folder, { recursive: true });
  }
});
