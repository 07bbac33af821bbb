/** A project made in a temporary folder for the tests of exports: real images of a few bytes, real documents, the real schema. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { newId } from '../../../shared/domain/ids.ts';
import { type Doc, emptyDoc, kinds, type Kind } from '../../../shared/domain/model.ts';
import { applyOps, type Change, type Op } from '../../../shared/domain/ops.ts';
import { writeMeta } from '../db/meta.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { writeProjection } from '../db/projection.ts';
import type { JobHandle } from '../jobs/runner.ts';
import type { Project } from '../project.ts';

/** A chunk of a PNG with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** An RGB PNG of one colour. */
export function tinyPng(width: number, height: number, [red, green, blue]: readonly [number, number, number], bitDepth = 8): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, 2, 0, 0, 0], 8);
  const pixel = bitDepth === 16 ? [red, 0, green, 0, blue, 0] : [red, green, blue];
  const line = Buffer.from([0, ...Array.from({ length: width }, () => pixel).flat()]);
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Does one thing to the document. */
export type Edit = (make: (doc: Doc) => readonly Op[]) => void;

export interface TestProject {
  readonly folder: string;
  readonly db: Db;
  readonly project: Pick<Project, 'folder' | 'host' | 'info'>;
  /** Adds an image file with what people wrote on it; states and exclusion are part of the ops. Returns the image's sha256. */
  add(
    name: string,
    bytes: Uint8Array,
    write?: (edit: Edit) => void,
    facts?: { orientation?: number; format?: string; widthPx?: number; heightPx?: number },
  ): string;
  remove(): void;
}
export const AUTHOR = '01890000-0000-7000-8000-0000000000aa';

const PROJECT_ID = '01890000-0000-7000-8000-000000000001';
/** What an export asks of a project, for a folder that `makeTestProject` made. */
export const openedProject = (folder: string, name = 'Test project'): TestProject['project'] => ({
  folder,
  host: { version: '0.0.0-test' } as Project['host'],
  info: () => ({ id: PROJECT_ID, name, folder, createdAt: 0, images: 0, seq: 0, risky: null }),
});
/** Several files a table, several groups a file, with a few small images. */
export const smallLimits = { fileBytes: 3000, groupBytes: 300, groupRows: 5, expandedBytes: 1 << 20 };

export function makeTestProject(name = 'Test project'): TestProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointillist-export-'));
  const { db } = openDatabase(folder, true);
  writeMeta(db, 'id', PROJECT_ID);
  writeMeta(db, 'name', name);
  writeMeta(db, 'created_at', '0');
  const insert = db.prepare(
    `INSERT INTO image (id, sha256, name, path, copied, format, width_px, height_px, orientation, size_bytes, phash, added_at) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 0)`,
  );
  return {
    folder,
    db,
    project: openedProject(folder, name),
    add(imageName, bytes, write = () => {}, facts = {}) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const id = newId();
      const file = `originals/${sha256}`;
      mkdirSync(path.join(folder, 'media/originals'), { recursive: true });
      writeFileSync(path.join(folder, 'media', file), bytes);
      const { format = 'png', widthPx = 2, heightPx = 2, orientation = 1 } = facts;
      const num = Number(insert.run(id, sha256, imageName, file, format, widthPx, heightPx, orientation, bytes.byteLength, '0'.repeat(16)).lastInsertRowid);
      let doc = emptyDoc(id);
      write((make) => {
        doc = applyOps(doc, make(doc)).doc;
      });
      storeDoc(db, num, doc);
      return sha256;
    },
    remove() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes a document's rows as they are, without the log. */
export function storeDoc(db: Db, num: number, doc: Doc): void {
  const changes = (kinds as Kind[]).flatMap((kind) => doc[kind].map((row) => ({ kind, id: row.id, row }) as Change));
  writeProjection(db, num, 1, 0, doc, changes);
}

export const quietJob = (signal: AbortSignal = new AbortController().signal): JobHandle => ({ id: newId(), signal, progress: () => {} });
