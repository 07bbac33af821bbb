/** What the media handler serves; one handler for the desktop's own protocol and for the server's `/media`. */
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Tile } from '../../shared/domain/tiles.ts';
import { parseRange } from './range.ts';

export type MediaKind = 'thumb' | 'image' | 'tile';
export interface MediaFile {
  readonly path: string;
  readonly mime: string;
}
/** Finds the file of an id; null where there is none. A URL never holds a path. */
export type ResolveMedia = (kind: MediaKind, imageId: string, tile?: Tile) => Promise<MediaFile | null>;

const MEDIA_URL =
  /^\/media\/(?:(thumb|image)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|tile\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/(\d{1,2})\/(\d{1,3})\/(\d{1,3}))$/;
/** Up to this many bytes go out in one piece (most photos); larger files are streamed in pieces of this size. */
const PIECE_BYTES = 1 << 20;
/** The image whose file a URL asks for whole, or null: what may be sent without the handler. */
export function imageIn(url: string): string | null {
  const match = URL.canParse(url) ? MEDIA_URL.exec(new URL(url).pathname) : null;
  return match?.[1] === 'image' ? match[2]! : null;
}

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Should a person open the URL of an SVG by itself, nothing in it runs.
  'Content-Security-Policy': "default-src 'none'; sandbox",
};

/** Answers `/media/thumb/<id>`, `/media/image/<id>` and `/media/tile/<id>/<level>/<x>/<y>`. With `?v=` the answer may be kept forever, as the renderer puts the content's hash there. */
export function createMediaHandler(resolve: ResolveMedia): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
    const url = new URL(request.url);
    const match = MEDIA_URL.exec(url.pathname);
    if (!match) return refuse(url.pathname.startsWith('/media/') ? 400 : 404);
    try {
      const [, kind, id, tiled, level, x, y] = match;
      const file = await (tiled ? resolve('tile', tiled, { level: Number(level), x: Number(x), y: Number(y) }) : resolve(kind as MediaKind, id!));
      if (!file) return refuse(404);
      return await serve(request, file, url.searchParams.has('v'));
    } catch (thrown) {
      // The reason would tell paths of this machine to whoever asks.
      return refuse((thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 404 : 503);
    }
  };
}

const refuse = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers: { ...ALWAYS, 'Cache-Control': 'no-store', ...headers } });

async function serve(request: Request, file: MediaFile, versioned: boolean): Promise<Response> {
  const handle = await open(file.path, 'r');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return refuse(404);
    const etag = `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}"`;
    const headers: Record<string, string> = {
      ...ALWAYS,
      'Content-Type': file.mime,
      'Accept-Ranges': 'bytes',
      ETag: etag,
      'Cache-Control': versioned ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    };
    if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304, headers });
    const ifRange = request.headers.get('If-Range');
    const range = ifRange === null || ifRange === etag ? parseRange(request.headers.get('Range'), stat.size) : 'whole';
    if (range === 'unsatisfiable') return refuse(416, { 'Content-Range': `bytes */${stat.size}` });
    const [first, last] = range === 'whole' ? [0, stat.size - 1] : range;
    headers['Content-Length'] = String(last - first + 1);
    if (range !== 'whole') headers['Content-Range'] = `bytes ${first}-${last}/${stat.size}`;
    const body = request.method === 'HEAD' ? null : await read(file.path, handle, first, last);
    return new Response(body, { status: range === 'whole' ? 200 : 206, headers });
  } finally {
    await handle.close();
  }
}

async function read(path: string, handle: FileHandle, first: number, last: number): Promise<Uint8Array<ArrayBuffer> | ReadableStream | null> {
  const length = last - first + 1;
  if (length === 0) return null;
  if (length <= PIECE_BYTES) {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, first);
    return buffer.subarray(0, bytesRead);
  }
  // The stream opens the file itself and closes it, also when the client goes away.
  return Readable.toWeb(createReadStream(path, { start: first, end: last, highWaterMark: PIECE_BYTES })) as unknown as ReadableStream;
}
