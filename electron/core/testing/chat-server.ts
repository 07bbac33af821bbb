/** A server on loopback that speaks the chat completions protocol, for tests: real bytes over a real socket, also wrong ones. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatMessage } from '../../../shared/domain/draft.ts';

export interface Received {
  readonly path: string;
  /** The header that carries a key, where one came. */
  readonly authorization?: string;
  readonly body: { readonly model: string; readonly stream: boolean; readonly messages: readonly ChatMessage[] };
}
export interface TestServer {
  /** As it goes into the settings. */
  readonly endpoint: string;
  readonly received: Received[];
  /** What the next requests are answered with. */
  answer: (response: ServerResponse, request: Received) => void | Promise<void>;
  close(): Promise<void>;
}

/** One event of an answer. */
export const event = (content: string): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
export const done = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;
export const begin = (response: ServerResponse): ServerResponse => response.writeHead(200, { 'content-type': 'text/event-stream' });

/** Answers every request with these words, one event each. */
export const words =
  (...list: string[]): TestServer['answer'] =>
  (response) =>
    void begin(response).end(list.map(event).join('') + done);

export async function startTestServer(): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { authorization } = request.headers;
      const one = {
        path: request.url ?? '',
        ...(authorization === undefined ? {} : { authorization }),
        body: JSON.parse(Buffer.concat(chunks).toString()) as Received['body'],
      };
      received.push(one);
      void made.answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: TestServer = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    answer: words('ready'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return made;
}
