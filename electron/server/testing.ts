/** A browser without a window, for tests of the server: it opens the start address, keeps its cookie and talks through a socket. */
import { request, type IncomingHttpHeaders } from 'node:http';
import WebSocket from 'ws';
import { type Client, createClient } from '../../shared/rpc/client.ts';
import type { ClientWire, ServerFrame } from '../../shared/rpc/wire.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request with exactly these headers. */
export function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Shows the key and returns the cookie. */
export async function logIn(url: string): Promise<string> {
  const { port, pathname, search } = new URL(url);
  const { headers } = await get(Number(port), pathname + search);
  return headers['set-cookie']![0]!.split(';')[0]!;
}

/** Resolves with the open socket, or with the status it was refused with. */
export function openSocket(port: number, headers: Record<string, string>, path = '/rpc'): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

/** A client as a browser's page has it. */
export async function browser(url: string): Promise<{ readonly client: Client; readonly socket: WebSocket; readonly closed: Promise<number> }> {
  const { port, host } = new URL(url);
  const socket = await openSocket(Number(port), { Cookie: await logIn(url), Origin: `http://${host}` });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const wire: ClientWire = {
    send: (frame) => socket.send(JSON.stringify(frame)),
    onMessage: (listener) => void socket.on('message', (data: Buffer) => listener(JSON.parse(String(data)) as ServerFrame)),
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(),
    get closed() {
      return socket.readyState !== socket.OPEN;
    },
  };
  return { client: createClient(wire), socket, closed };
}
