/**
 * Downloads one file, and goes on where it stopped: after a broken line at once, after a cancel or a restart when it is asked again. What is there already is kept
 * only if the server says by its ETag that the file is the same (RFC 9110, Range and If-Range); otherwise it begins anew.
 */
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, toAppError } from '../../../../shared/rpc/errors.ts';
import { compare, explainDisk, hashInPlace, type Promised } from '../copy-verified.ts';
import { ensureOk, failure, request } from './request.ts';

export interface FetchFile {
  readonly url: URL;
  /** For people. */
  readonly name: string;
  /** Where the finished file goes; its part lies at `part` until then. */
  readonly to: string;
  readonly part: string;
  /** Null where nobody said what it is; then what came is the answer. */
  readonly promised: Promised | null;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** Told how many bytes of the file are here, also when it begins anew. */
  readonly onBytes: (bytes: number) => void;
  /** Milliseconds without a byte after which the line counts as broken. */
  readonly stallMs?: number;
  readonly firstWaitMs?: number;
}
/** Tries without a single new byte. */
const MOST_TRIES = 4;
/** Not worth another try: the answer will be the same. */
const FINAL = new Set([
  'download-forbidden',
  'download-not-there',
  'download-redirects',
  'download-insecure',
  'download-certificate',
  'download-too-large',
  'download-packed',
  'encoder-disk-full',
  'encoder-no-access',
]);

/** Resolves with size and sha256 of the file once it is at `to`. Throws AppError; a wrong file is thrown away, a partial one kept for the next time. */
export async function fetchFile(job: FetchFile): Promise<Promised> {
  const { promised, signal, firstWaitMs = 500 } = job;
  for (let tries = 0; ;) {
    const before = await sizeOf(job.part);
    try {
      await attempt(job);
      break;
    } catch (thrown) {
      if (signal.aborted) throw new AppError('cancelled', 'cancelled');
      const error = toAppError(explainDisk(thrown));
      if (error.code === 'internal') throw thrown;
      if (error.code !== 'unavailable' || FINAL.has(String(error.details['key']))) throw error;
      tries = (await sizeOf(job.part)) > before ? 0 : tries + 1;
      if (tries >= MOST_TRIES) throw error;
      await sleep(firstWaitMs * 2 ** tries, undefined, { signal }).catch(() => {});
      if (signal.aborted) throw new AppError('cancelled', 'cancelled');
    }
  }
  const found = await hashInPlace(job.part, signal);
  try {
    if (promised) compare(job.name, promised, found);
  } catch (thrown) {
    await forget(job.part);
    throw thrown;
  }
  await rename(job.part, job.to);
  await rm(stateFile(job.part), { force: true });
  return found;
}

const stateFile = (part: string): string => `${part}.etag`;
const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0;
async function forget(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(stateFile(part), { force: true });
}

/** One request: from where the part ends, or from the start. */
async function attempt(job: FetchFile): Promise<void> {
  const { url, part, promised, mostBytes, signal, stallMs = 60_000 } = job;
  const etag = await readFile(stateFile(part), 'utf8').catch(() => null);
  let have = etag === null ? 0 : await sizeOf(part);
  if (promised && have === promised.bytes && have > 0) return;
  if (have === 0 || (promised && have > promised.bytes)) {
    await forget(part);
    have = 0;
  }
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  try {
    const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-`, 'if-range': etag! } : {};
    const response = await request(url, { headers, signal: AbortSignal.any([signal, stall.signal]) });
    if (response.status === 416) {
      // Shorter than what is here: it is another file now.
      await response.body?.cancel();
      await forget(part);
      throw failure('download-broken', 'status 416', { host: url.host });
    }
    ensureOk(response, url, job.name);
    const start = response.status === 206 ? rangeStart(response) : 0;
    if (start !== have && start !== 0) throw failure('download-broken', 'another range than asked for', { host: url.host });
    const encoding = response.headers.get('content-encoding');
    if (encoding !== null && encoding !== 'identity') throw failure('download-packed', encoding, { host: url.host });
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const whole = Number.isFinite(length) ? start + length : null;
    const limit = promised?.bytes ?? mostBytes;
    if (whole !== null && whole > limit) throw tooLarge(job, whole);
    if (start === 0) await begin(part, response.headers.get('etag'));
    await receive(job, response, { start, limit, whole }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), stallMs);
    });
  } catch (thrown) {
    if (stall.signal.aborted && !signal.aborted) throw failure('download-stalled', `nothing for ${stallMs} ms`, { host: url.host });
    throw thrown;
  } finally {
    clearTimeout(timer);
    stall.abort();
  }
}

/** Promised sizes are exact: a longer file is another one. */
function tooLarge({ name, promised, mostBytes }: FetchFile, bytes: number): AppError {
  if (promised) return new AppError('invalid', `${name} is too long`, { key: 'encoder-too-long', file: name, bytes, promised: promised.bytes });
  return failure('download-too-large', `more than ${mostBytes} bytes`, { file: name });
}

/** A weak tag may stand for other bytes: then nothing can be continued. */
async function begin(part: string, etag: string | null): Promise<void> {
  await writeFile(part, '');
  if (etag !== null && etag.startsWith('"')) await writeFile(stateFile(part), etag);
  else await rm(stateFile(part), { force: true });
}

const rangeStart = (response: Response): number => Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);

interface Stretch {
  readonly start: number;
  readonly limit: number;
  readonly whole: number | null;
}
async function receive(job: FetchFile, response: Response, { start, limit, whole }: Stretch, heard: () => void): Promise<void> {
  const file = await open(job.part, 'r+');
  let at = start;
  try {
    await file.truncate(start);
    for await (const chunk of response.body ?? []) {
      heard();
      if (at + chunk.byteLength > limit) throw tooLarge(job, at + chunk.byteLength);
      await file.write(chunk, 0, chunk.byteLength, at);
      at += chunk.byteLength;
      job.onBytes(at);
    }
    await file.sync();
  } catch (thrown) {
    const error = toAppError(explainDisk(thrown));
    throw error.code === 'internal' ? failure('download-broken', error.message, { host: job.url.host }) : error;
  } finally {
    await file.close();
  }
  if (whole !== null && at < whole) throw failure('download-broken', `${at} of ${whole} bytes`, { host: job.url.host });
  // The server's file is complete, and shorter than what was promised: trying again changes nothing.
  if (job.promised && at < job.promised.bytes && whole !== null) {
    await forget(job.part);
    throw new AppError('invalid', 'too short', { key: 'encoder-too-short', file: job.name, bytes: at, promised: job.promised.bytes });
  }
}
