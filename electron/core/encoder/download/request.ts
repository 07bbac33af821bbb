/** One request of a download: follows a few redirects, to safe places only, and turns every failure into a sentence. */
import { AppError, toAppError } from '../../../../shared/rpc/errors.ts';
import { ensureSafe, isLoopback } from './hub-url.ts';

/** Hubs send large files from another host, behind one or two redirects. */
const MOST_REDIRECTS = 5;

export const failure = (key: string, message: string, details: Record<string, unknown> = {}): AppError =>
  new AppError('unavailable', message, { key, ...details });

export interface RequestOptions {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The response with its body unread, also where its status is an error. Throws AppError `download-*`. */
export async function request(address: URL, { method = 'GET', headers = {}, signal }: RequestOptions): Promise<Response> {
  let url = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    let response: Response;
    try {
      response = await fetch(url.href, { method, redirect: 'manual', headers: { 'accept-encoding': 'identity', ...headers }, signal, credentials: 'omit' });
    } catch (thrown) {
      throw unreachable(thrown, url);
    }
    const next = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || next === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(next, url.href)) throw failure('download-redirects', 'a redirect to nowhere', { host: url.host });
    const target = new URL(next, url);
    ensureSafe(target);
    // Nobody outside may lead the app to a service of this machine.
    if (isLoopback(target) && !isLoopback(url)) throw failure('download-redirects', 'a redirect to this machine', { host: url.host });
    url = target;
  }
  throw failure('download-redirects', `more than ${MOST_REDIRECTS} redirects`, { host: address.host });
}

function unreachable(thrown: unknown, url: URL): AppError {
  const error = toAppError(thrown);
  if (error.code === 'cancelled') return error;
  const { cause } = thrown as { cause?: { code?: string; message?: string } };
  const code = cause?.code ?? '';
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return failure('download-certificate', code, { host: url.host });
  return failure('download-unreachable', `${code} ${cause?.message ?? error.message}`.trim(), { host: url.host });
}

/** Throws what a status other than success means for a person. */
export function ensureOk(response: Response, url: URL, name: string): void {
  const { status } = response;
  if (response.ok) return;
  if (status === 401 || status === 403) throw failure('download-forbidden', `status ${status}`, { file: name, host: url.host });
  if (status === 404 || status === 410) throw new AppError('not-found', `status ${status}`, { key: 'download-not-there', file: name, host: url.host });
  throw failure('download-refused', `status ${status}`, { status, host: url.host });
}

/** Reads a small text. Throws AppError `download-too-large` beyond `most` bytes. */
export async function readText(url: URL, name: string, most: number, signal: AbortSignal): Promise<string> {
  const response = await request(url, { signal });
  ensureOk(response, url, name);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > most) throw failure('download-too-large', `more than ${most} bytes`, { file: name });
      chunks.push(chunk);
    }
  } catch (thrown) {
    const error = toAppError(thrown);
    throw error.code === 'internal' ? failure('download-broken', error.message, { host: url.host }) : error;
  }
  return Buffer.concat(chunks).toString('utf8');
}
