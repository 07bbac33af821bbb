/** Takes texts in to be compared: what models wrote, from files; what people wrote and what releases hold, from the project. */
import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CompareKind, CompareSource } from '../../../../shared/domain/compare/model.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { type Doc, MAX_TEXT } from '../../../../shared/domain/model.ts';
import { readableAnswer, withoutMarks } from '../../../../shared/domain/point-mark.ts';
import type { TakenTexts } from '../../../../shared/rpc/compare-methods.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { loadDoc } from '../../db/docs.ts';
import { sql } from '../../db/statement.ts';
import { docAtSeq } from '../../exporters/items.ts';
import { csvRows } from '../../importers/annotations/csv-rows.ts';
import { encodingOf, headOf, lineGroups } from '../../importers/annotations/text-bytes.ts';
import { releaseByName } from '../../releases.ts';
import { putSource, type TextRow } from './store.ts';

const MAX_FILE = 500_000_000;
const MAX_ROW = 1_000_000;
const MAX_MODELS = 12;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const IMAGE_FIELDS = ['sha256', 'image_id', 'id', 'image', 'image_name', 'file_name', 'filename', 'name', 'path'];
const TEXT_FIELDS = ['text', 'caption', 'answer', 'prediction', 'output', 'response', 'generated_text'];
const QUESTION_FIELDS = ['question', 'prompt', 'query'];
const MODEL_FIELDS = ['model', 'model_name', 'model_id'];

/** The question as texts to it find each other: without differences of spaces. */
const questionKey = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Reads a file of rows. Throws AppError `compare-file` where it is none, or holds nothing for this project. */
export async function importModelTexts(db: Database, userId: string, file: string, kind: CompareKind): Promise<TakenTexts> {
  const name = path.basename(file);
  const fail = (why: string) => new AppError('invalid', why, { key: 'compare-file', file: name });
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : -1),
    () => -1,
  );
  if (size <= 0 || size > MAX_FILE) throw fail(`${size} bytes`);
  const models = new Map<string, Map<string, TextRow>>();
  const counts = { unknown: 0, unreadable: 0, twice: 0 };
  try {
    for await (const rows of rowsOf(file)) {
      for (const row of rows) addRow(db, models, row, { kind, stem: path.parse(name).name, counts });
      if (models.size > MAX_MODELS) throw fail('too many models');
      await breathe();
    }
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : fail(String(thrown));
  }
  if (models.size === 0) throw fail('no row with an image of this project and a text');
  const hash = await hashOf(file);
  const sources: CompareSource[] = [];
  for (const [model, texts] of models) {
    const source = { id: newId(), kind, name: model, origin: 'model' as const, detail: name, hash, createdBy: userId, createdAt: Date.now() };
    sources.push(putSource(db, source, [...texts.values()]));
    await breathe();
  }
  return { sources, texts: sources.reduce((sum, { texts }) => sum + texts, 0), ...counts };
}

/** Rows as objects; a line that is no object is null. */
async function* rowsOf(file: string): AsyncGenerator<(Record<string, unknown> | null)[]> {
  const head = await headOf(file);
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head);
  if (
    !text
      .trimStart()
      .replace(/^\ufeff/, '')
      .startsWith('{')
  ) {
    yield* csvRows(file, encoding, text, MAX_ROW);
    return;
  }
  for await (const lines of lineGroups(file, encoding, MAX_ROW)) yield lines.filter((line) => line.trim() !== '').map(parsed);
}
function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

interface Reading {
  readonly kind: CompareKind;
  readonly stem: string;
  readonly counts: { unknown: number; unreadable: number; twice: number };
}
function addRow(db: Database, models: Map<string, Map<string, TextRow>>, row: Record<string, unknown> | null, { kind, stem, counts }: Reading): void {
  const field = (names: readonly string[]) => {
    for (const name of names) {
      const value = row && Object.hasOwn(row, name) ? row[name] : undefined;
      if (typeof value === 'string' && value.trim() !== '') return value;
    }
    return null;
  };
  const text = cleaned(field(TEXT_FIELDS));
  const question = kind === 'caption' ? '' : questionKey(field(QUESTION_FIELDS) ?? '');
  const named = field(IMAGE_FIELDS);
  if (text === null || text.length > MAX_TEXT || named === null || (kind === 'answer' && (question === '' || question.length > MAX_TEXT))) {
    counts.unreadable++;
    return;
  }
  const sha256 = imageNamed(db, named);
  if (sha256 === null) {
    counts.unknown++;
    return;
  }
  const model = cleaned(field(MODEL_FIELDS))?.slice(0, 120) ?? stem.slice(0, 120);
  let texts = models.get(model);
  if (!texts) models.set(model, (texts = new Map()));
  const key = `${sha256} ${question}`;
  if (texts.has(key)) counts.twice++;
  else texts.set(key, { sha256, question, text });
}
/** Without what a text must not hold: halves of surrogate pairs, control characters, what looks like a mark of points. */
function cleaned(text: string | null): string | null {
  if (text === null) return null;
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = withoutMarks(text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')).trim();
  return clean === '' ? null : clean;
}

/** By hash, by id, by the whole name, or by a file name that only one image has. */
function imageNamed(db: Database, named: string): string | null {
  const text = named.trim();
  const exact = sql(db, 'SELECT sha256 FROM image WHERE sha256 = lower(?) OR id = ?').get(text, text) as { sha256: string } | undefined;
  if (exact) return exact.sha256;
  const name = text.replaceAll('\\', '/').replace(/^\.\//, '');
  const whole = sql(db, 'SELECT sha256 FROM image WHERE name = ? LIMIT 2').all(name) as { sha256: string }[];
  if (whole.length === 1) return whole[0]!.sha256;
  const base = name.slice(name.lastIndexOf('/') + 1);
  const alike = sql(
    db,
    "SELECT sha256 FROM image WHERE name = ? OR name LIKE '%/' || replace(replace(replace(?, '\\', '\\\\'), '%', '\\%'), '_', '\\_') ESCAPE '\\' LIMIT 2",
  );
  const found = alike.all(base, base) as { sha256: string }[];
  return found.length === 1 ? found[0]!.sha256 : null;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Images of one stretch. */
const PAGE = 50;

/** Takes in a person's texts as they are now, or those of a release. Throws AppError `compare-nothing` where there are none. */
export async function takeWork(db: Database, userId: string, kind: CompareKind, from: { personId: string } | { release: string }): Promise<TakenTexts> {
  const release = 'release' in from ? releaseByName(db, from.release) : null;
  const personId = 'personId' in from ? from.personId : null;
  const person = personId === null ? undefined : (sql(db, 'SELECT name FROM person WHERE id = ?').get(personId) as { name: string } | undefined);
  const texts: TextRow[] = [];
  const page = sql(db, 'SELECT num, sha256 FROM image WHERE num > ? AND num <= ? AND excluded = 0 AND rev > 0 ORDER BY num LIMIT ?');
  let last = 0;
  for (;;) {
    const images = page.all(last, release?.lastImageNum ?? Number.MAX_SAFE_INTEGER, PAGE) as { num: number; sha256: string }[];
    if (images.length === 0) break;
    for (const { num, sha256 } of images) {
      const doc = release ? docAtSeq(db, num, release.seq) : loadDoc(db, num);
      texts.push(...textsOf(doc, kind, personId).map((row) => ({ sha256, ...row })));
    }
    last = images.at(-1)!.num;
    await breathe();
  }
  if (texts.length === 0) throw new AppError('invalid', 'nothing was written', { key: 'compare-nothing' });
  const hash = createHash('sha256');
  for (const { sha256, question, text } of texts) hash.update(JSON.stringify([sha256, question, text]));
  const [origin, name, detail] = release ? (['release', release.name, release.name] as const) : (['person', person?.name ?? '?', personId!] as const);
  const source = putSource(db, { id: newId(), kind, name, origin, detail, hash: hash.digest('hex'), createdBy: userId, createdAt: Date.now() }, texts);
  return { sources: [source], texts: texts.length, unknown: 0, unreadable: 0, twice: 0 };
}

/** The first caption, or each question's first answer; of one person where that is asked. */
export function textsOf(doc: Doc, kind: CompareKind, personId: string | null): { question: string; text: string }[] {
  const isOf = ({ authorId }: { authorId: string }) => personId === null || authorId === personId;
  if (kind === 'caption') {
    const caption = doc.caption.find((row) => isOf(row) && row.text.trim() !== '');
    return caption ? [{ question: '', text: caption.text.trim() }] : [];
  }
  const found = new Map<string, string>();
  for (const thread of doc.thread.filter(isOf)) {
    const turns = doc.turn.filter(({ threadId }) => threadId === thread.id);
    for (const [index, turn] of turns.entries()) {
      const answer = turns[index + 1];
      const question = questionKey(turn.text);
      if (turn.role !== 'question' || question === '' || answer?.role !== 'answer' || found.has(question)) continue;
      const text = readableAnswer(doc, answer).trim();
      if (text !== '') found.set(question, text);
    }
  }
  return [...found].map(([question, text]) => ({ question, text }));
}
