/** A server on loopback that hands out files like a hub does, and misbehaves when told to: for tests of downloads. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../testing.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
}
export interface FileServer {
  /** Without a slash at its end. */
  readonly origin: string;
  readonly asked: Asked[];
  /** By path. */
  readonly files: Map<string, Buffer>;
  /** Answers in place of the files; true where it did. */
  misbehave: (request: Asked, response: ServerResponse, content: Buffer | undefined) => boolean;
  close(): Promise<void>;
}

const etag = (content: Buffer): string => `"${sha256(content).slice(0, 16)}"`;

/** Sends a file as it should be: with its ETag, and from where the request says if the file is still the same. */
function send(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const { range, 'if-range': same } = request.headers;
  const start = range !== undefined && same === etag(content) ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
  const headers = { etag: etag(content), 'accept-ranges': 'bytes', 'content-length': content.length - start };
  if (start > 0) response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` });
  else response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : content.subarray(start));
}

/** Sends the head of a file as if all of it would come, and cuts the line. */
export function cutAfter(response: ServerResponse, content: Buffer, bytes: number): true {
  response.writeHead(200, { etag: etag(content), 'content-length': content.length });
  response.write(content.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  return true;
}

export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, Buffer>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const one = { method: request.method ?? '', path: request.url ?? '', range: request.headers.range ?? null };
    asked.push(one);
    const content = files.get(one.path);
    if (made.misbehave(one, response, content)) return;
    if (content) send(request, response, content);
    else response.writeHead(404).end('not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: FileServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    files,
    misbehave: () => false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return made;
}
