import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../shared/rpc/errors.ts';
import { streamChat } from './chat-client.ts';
import { isPrivate } from './endpoint.ts';
import { begin, done, event, startTestServer, type TestServer, words } from '../testing/chat-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const messages = [{ role: 'user', content: 'What is it?' }] as const;
const ask = (change: Partial<Parameters<typeof streamChat>[0]> = {}) =>
  streamChat({ endpoint: server.endpoint, model: 'tiny', messages, timeoutMs: 5000, signal: new AbortController().signal, ...change });
async function all(stream: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}
async function keyOf(stream: AsyncIterable<string>): Promise<unknown> {
  try {
    return await all(stream);
  } catch (thrown) {
    return thrown instanceof AppError ? (thrown.details['key'] ?? thrown.code) : thrown;
  }
}

test('an answer comes in the pieces in which it was sent, and the request says what was asked', async () => {
  server.answer = words('Two ', 'dogs', '.');
  expect(await all(ask())).toEqual(['Two ', 'dogs', '.']);
  expect(server.received).toEqual([{ path: '/v1/chat/completions', body: { model: 'tiny', stream: true, messages } }]);
  await all(ask({ endpoint: `${server.endpoint}/` }));
  expect(server.received[1]!.path).toBe('/v1/chat/completions');
});

test('text is whole however its bytes are cut', async () => {
  const text = '犬が二匹、窓から🐕を見ています。👩‍👩‍👧 “quoted” \\ \n second line';
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\r\n'), async (cuts, newline) => {
      const bytes = Buffer.from(([...text].map(event).join('') + done).replaceAll('\n\n', newline + newline));
      const at = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
      server.answer = async (response) => {
        begin(response);
        let start = 0;
        for (const end of [...at, bytes.length]) {
          response.write(bytes.subarray(start, end));
          start = end;
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      };
      expect((await all(ask())).join('')).toBe(text);
    }),
    { numRuns: 25 },
  );
});

test('comments, other fields, events that only count tokens and a server that sends one JSON object are understood', async () => {
  server.answer = (response) =>
    void begin(response).end(`: hello\n\nevent: x\nid: 1\n${event('Yes')}data: {"choices":[],"usage":{"total_tokens":3}}\n\n${done}`);
  expect((await all(ask())).join('')).toBe('Yes');
  server.answer = (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ choices: [{ message: { content: 'At once.' } }] }));
  expect(await all(ask())).toEqual(['At once.']);
  // Without [DONE], but with the reason for which it ended.
  server.answer = (response) => void begin(response).end(`${event('Fine')}data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n`);
  expect((await all(ask())).join('')).toBe('Fine');
});

test.each([
  [401, {}, 'assistant-unauthorized'],
  [403, {}, 'assistant-unauthorized'],
  [404, { error: { message: 'model not found' } }, 'assistant-no-model'],
  [429, {}, 'assistant-busy'],
  [400, { error: { message: 'context too long' } }, 'assistant-refused'],
  [500, { error: 'out of memory' }, 'assistant-server'],
  [503, 'not json', 'assistant-server'],
])('status %i is told in a sentence of its own', async (status, body, key) => {
  server.answer = (response) => void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  expect(await keyOf(ask())).toBe(key);
});

test('what the server said is in the error, so that it can be read', async () => {
  server.answer = (response) => void response.writeHead(500).end(JSON.stringify({ error: { message: 'out of memory' } }));
  await expect(all(ask())).rejects.toMatchObject({ details: { said: 'out of memory' } });
});

test.each([
  ['a web page', 'text/html', '<!doctype html><p>Hello'],
  ['JSON of something else', 'application/json', '{"hello":"world"}'],
  ['events that are no JSON', 'text/event-stream', 'data: hello\n\n'],
  ['content that is no text', 'text/event-stream', 'data: {"choices":[{"delta":{"content":{"a":1}}}]}\n\n'],
  ['null', 'application/json', 'null'],
])('%s is nonsense', async (_what, type, body) => {
  server.answer = (response) => void response.writeHead(200, { 'content-type': type }).end(body);
  expect(await keyOf(ask())).toBe('assistant-nonsense');
});

test('no text at all is an error, and so is one in the middle of the stream', async () => {
  server.answer = words('', '');
  expect(await keyOf(ask())).toBe('assistant-empty');
  server.answer = (response) => void begin(response).end(`${event('Two ')}data: {"error":{"message":"gpu lost"}}\n\n`);
  expect(await keyOf(ask())).toBe('assistant-server');
});

test('a connection that breaks off, or ends before the answer does, is no answer', async () => {
  server.answer = (response) => {
    begin(response).write(event('Two '));
    setImmediate(() => response.destroy());
  };
  expect(await keyOf(ask())).toBe('assistant-broken');
  server.answer = (response) => void begin(response).end(event('Two '));
  expect(await keyOf(ask())).toBe('assistant-broken');
});

test('silence ends it, before the first word and between two; slow words do not', async () => {
  server.answer = () => {};
  expect(await keyOf(ask({ timeoutMs: 100 }))).toBe('assistant-timeout');
  server.answer = (response) => void begin(response).write(event('Two '));
  expect(await keyOf(ask({ timeoutMs: 100 }))).toBe('assistant-timeout');
  server.answer = async (response) => {
    begin(response);
    for (let i = 0; i < 12; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      response.write(event('word '));
    }
    response.end(done);
  };
  expect(await keyOf(ask({ timeoutMs: 1000 }))).toHaveLength(12);
});

test('an answer without end is stopped, as a line without end is', async () => {
  server.answer = (response) => {
    begin(response);
    const more = () => {
      while (!response.destroyed) if (!response.write(event('many words '.repeat(100)))) return void response.once('drain', more);
    };
    more();
  };
  expect(await keyOf(ask())).toBe('assistant-too-long');
  server.answer = (response) => void begin(response).end(`data: ${'x'.repeat(3_000_000)}`);
  expect(await keyOf(ask())).toBe('assistant-nonsense');
  server.answer = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(5_000_000));
  expect(await keyOf(ask())).toBe('assistant-too-long');
});

test('who cancels is let go, and the server is too', async () => {
  const abort = new AbortController();
  const gone = new Promise<void>((resolve) => {
    server.answer = (response) => {
      response.on('close', resolve);
      begin(response).write(event('Two '));
    };
  });
  const pieces: string[] = [];
  const reading = (async () => {
    for await (const piece of ask({ signal: abort.signal })) {
      pieces.push(piece);
      abort.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  expect(pieces).toEqual(['Two ']);
  await gone;
});

test('nobody at the address, a redirect, plain http to a public host and a password in the address are refused', async () => {
  const { endpoint } = server;
  server.answer = (response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
  expect(await keyOf(ask())).toBe('assistant-redirect');
  await server.close();
  expect(await keyOf(ask({ endpoint }))).toBe('assistant-unreachable');
  expect(await keyOf(ask({ endpoint: 'http://api.example.com/v1' }))).toBe('assistant-plain-http');
  expect(await keyOf(ask({ endpoint: 'http://8.8.8.8/v1' }))).toBe('assistant-plain-http');
  expect(await keyOf(ask({ endpoint: 'http://user:secret@127.0.0.1/v1' }))).toBe('assistant-credentials');
});

test('this machine and private networks are told from the rest', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]', '10.1.2.3', '172.16.0.1', '172.31.9.9', '192.168.1.4', 'gpu.local', '[fd00::1]'])
    expect(isPrivate(host)).toBe(true);
  for (const host of ['example.com', '8.8.8.8', '172.32.0.1', '11.0.0.1', '[2001:db8::1]', 'localhost.example.com', '10.example.com', 'fd.example.com'])
    expect(isPrivate(host)).toBe(false);
});
