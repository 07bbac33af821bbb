/** The server host: gives browsers the same app, over the same core and the same door, without what only the person at this machine may do. */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { newId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/rpc/method.ts';
import type { Core } from '../core/core.ts';
import { allowedNames, nameOf, shownName } from './addresses.ts';
import { createHttpApp } from './app.ts';
import { createKeys, type Keys } from './keys.ts';
import { MAX_FRAME_BYTES, socketWire } from './socket-wire.ts';

export interface ServerOptions {
  readonly core: Pick<Core, 'connect' | 'resolveMedia'>;
  /** Answers with the built pages. */
  readonly pages: (request: Request) => Promise<Response>;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly heartbeatMs?: number;
}
export interface RunningServer {
  readonly port: number;
  /** The address with the key in it. */
  readonly url: string;
  /** Lets go of every browser and stops listening. */
  close(): Promise<void>;
}
/** Never `local`: a browser names no folder of this machine. */
const roles: ReadonlySet<Role> = new Set(['annotate', 'lead']);
/** A browser that does not close its side is cut off after this long. */
const GOODBYE_MS = 1_000;
const MAX_BROWSERS = 500;

/** Starts to listen. Rejects with the system's error where it can't. */
export async function startServer({ core, pages, host, port, heartbeatMs }: ServerOptions): Promise<RunningServer> {
  const names = allowedNames(host);
  let keys = createKeys('pointillist');
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const http = createAdaptorServer({ fetch: (request: Request) => answer(request), hostname: host }) as Server;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = sockets.clients.size >= MAX_BROWSERS ? '503 Service Unavailable' : refuse(request, names, keys);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (open) => core.connect(socketWire(open, heartbeatMs), { roles, clientId: newId() }));
  });
  await listen(http, host, port);
  const bound = (http.address() as AddressInfo).port;
  keys = createKeys(`pointillist-${bound}`);
  const app = createHttpApp({ keys, names, pages, resolveMedia: (kind, imageId, tile) => core.resolveMedia(kind, imageId, tile) });
  answer = (request) => app.fetch(request);
  return { port: bound, url: `http://${shownName(host)}:${bound}/?token=${keys.token}`, close: () => close(http, sockets) };
}

/** Why a WebSocket is not opened, as an HTTP status; null where it is. */
function refuse(request: IncomingMessage, names: ReadonlySet<string>, keys: Keys): string | null {
  if (request.url !== '/rpc') return '404 Not Found';
  const name = nameOf(request.headers.host);
  if (name === null || !names.has(name)) return '421 Misdirected Request';
  // Browsers let any page open a WebSocket anywhere and send our cookie with it; the page's origin tells.
  if (request.headers.origin !== `http://${request.headers.host}`) return '403 Forbidden';
  return keys.isKnown(request.headers.cookie) ? null : '401 Unauthorized';
}

function listen(http: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.removeListener('error', reject);
      resolve();
    });
  });
}

async function close(http: Server, sockets: WebSocketServer): Promise<void> {
  const stopped = new Promise<void>((resolve) => http.close(() => resolve()));
  for (const socket of sockets.clients) socket.close(1001, 'the server stops');
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
  }, GOODBYE_MS);
  http.closeIdleConnections();
  await stopped;
  clearTimeout(cut);
}
