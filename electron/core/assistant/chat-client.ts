/**
 * A client of the OpenAI-compatible chat completions API (llama.cpp, Ollama, vLLM and others), streaming by server-sent events. A server that answers
 * with one JSON object instead is understood too. Every failure is an AppError with a sentence of its own.
 */
import type { ChatMessage } from '../../../shared/domain/draft.ts';
import { MAX_TEXT } from '../../../shared/domain/model.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { chatUrl } from './endpoint.ts';
import { sentEvents } from './sent-events.ts';

export interface ChatRequest {
  readonly endpoint: string;
  readonly model: string;
  /** Sent as a bearer token; null where the server needs none. */
  readonly key?: string | null;
  readonly messages: readonly ChatMessage[];
  /** Milliseconds until the first word, and between two. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}
/** A whole answer in one JSON object is read up to this size. */
const MOST_BYTES = 4_000_000;

const failure = (key: string, message: string, details: Record<string, unknown> = {}) => new AppError('unavailable', message, { key, ...details });

/** The answer in pieces, as they come. Ends early, with an error, when the signal is aborted, nothing comes for `timeoutMs`, or the server misbehaves. */
export async function* streamChat({ endpoint, model, key = null, messages, timeoutMs, signal }: ChatRequest): AsyncGenerator<string> {
  const url = chatUrl(endpoint);
  const quiet = new AbortController();
  let timer = setTimeout(() => quiet.abort(), timeoutMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => quiet.abort(), timeoutMs);
  };
  let length = 0;
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A redirect could lead to another host, which nobody agreed to.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, messages, stream: true }),
      signal: AbortSignal.any([signal, quiet.signal]),
    });
    if (!response.ok) throw await statusError(response, model, key !== null);
    if (response.body === null) throw failure('assistant-empty', 'no body');
    const isEvents = response.headers.get('content-type')?.includes('text/event-stream') === true;
    for await (const piece of isEvents ? pieces(response.body) : whole(response.body)) {
      if (piece === '') continue;
      heard();
      length += piece.length;
      if (length > MAX_TEXT) throw failure('assistant-too-long', `more than ${MAX_TEXT} characters`);
      yield piece;
    }
  } catch (thrown) {
    throw withoutKey(explain(thrown, { signal, quiet: quiet.signal, endpoint, timeoutMs }), key);
  } finally {
    clearTimeout(timer);
    // Lets go of the connection also when nobody wants the rest.
    quiet.abort();
  }
  if (length === 0) throw failure('assistant-empty', 'an answer without text');
}

/** The pieces of an event stream. The last event says why it ended; a stream without one was cut off. */
async function* pieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let finished = false;
  for await (const data of sentEvents(body)) {
    if (data === '[DONE]') return;
    const { text, reason } = readChoice(data, 'delta');
    finished ||= reason;
    yield text;
  }
  if (!finished) throw failure('assistant-broken', 'the stream ended before the answer did');
}

async function* whole(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw failure('assistant-too-long', `more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  yield readChoice(Buffer.concat(chunks).toString('utf8'), 'message').text;
}

function readChoice(json: string, where: 'delta' | 'message'): { text: string; reason: boolean } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw failure('assistant-nonsense', `not JSON: ${json.slice(0, 100)}`);
  }
  const { choices, error } = (value ?? {}) as { choices?: { finish_reason?: unknown; [where: string]: unknown }[]; error?: unknown };
  if (error !== undefined && error !== null) throw failure('assistant-server', 'an error in the stream', { said: said(value) });
  if (!Array.isArray(choices)) throw failure('assistant-nonsense', 'no choices');
  const [choice] = choices;
  // The last event of some servers only counts tokens.
  if (choice === undefined && where === 'delta') return { text: '', reason: false };
  const content = (choice?.[where] as { content?: unknown } | undefined)?.content ?? '';
  if (typeof content !== 'string') throw failure('assistant-nonsense', 'content that is no text');
  return { text: content, reason: typeof choice?.finish_reason === 'string' };
}

/** What the server says was wrong, shortened for people. */
function said(value: unknown): string {
  const error = (value as { error?: { message?: unknown } | string } | null)?.error;
  const text = typeof error === 'string' ? error : error?.message;
  return typeof text === 'string' ? text.slice(0, 300) : '';
}

async function statusError(response: Response, model: string, hadKey: boolean): Promise<AppError> {
  const { status } = response;
  let text = '';
  try {
    text = said(JSON.parse((await response.text()).slice(0, 10_000)));
  } catch {
    // Many servers answer errors with a page or with nothing.
  }
  if (status === 401 || status === 403) return failure(hadKey ? 'assistant-wrong-key' : 'assistant-unauthorized', `status ${status}`, { status });
  if (status === 404) return failure('assistant-no-model', 'status 404', { model });
  if (status === 429) return failure('assistant-busy', 'status 429');
  if (status >= 500) return failure('assistant-server', `status ${status}`, { said: text || `HTTP ${status}` });
  return failure('assistant-refused', `status ${status}`, { said: text || `HTTP ${status}` });
}

/** Servers say the key again when it is not right, or when they fail: it must not get into a log or onto the screen. */
function withoutKey(thrown: unknown, key: string | null): unknown {
  if (!(thrown instanceof AppError) || key === null) return thrown;
  const clean = (text: string) => text.replaceAll(key, '…');
  const details = Object.entries(thrown.details).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]);
  return new AppError(thrown.code, clean(thrown.message), Object.fromEntries(details));
}

interface Circumstances {
  readonly signal: AbortSignal;
  readonly quiet: AbortSignal;
  readonly endpoint: string;
  readonly timeoutMs: number;
}
function explain(thrown: unknown, { signal, quiet, endpoint, timeoutMs }: Circumstances): unknown {
  if (thrown instanceof AppError) return thrown;
  if (signal.aborted) return new AppError('cancelled', 'cancelled');
  if (quiet.aborted) return failure('assistant-timeout', `nothing for ${timeoutMs} ms`, { seconds: Math.round(timeoutMs / 1000) });
  const { cause, message } = thrown as { cause?: { code?: string; message?: string }; message?: string };
  const code = cause?.code ?? '';
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'].includes(code)) {
    return failure('assistant-unreachable', code, { endpoint });
  }
  if (/redirect/.test(`${message ?? ''} ${cause?.message ?? ''}`)) return failure('assistant-redirect', 'a redirect', { endpoint });
  return failure('assistant-broken', `${code} ${message ?? ''}`.trim());
}
