/** Serves the built renderer, on the desktop's own protocol and by the team server. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentSecurityPolicy } from './policy.ts';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Answers with the files that lie below `folder` now, and nothing else: no path is ever put together from a request. */
export function createPageHandler(folder: string, { connect }: { readonly connect?: readonly string[] } = {}): (request: Request) => Promise<Response> {
  const policy = contentSecurityPolicy(connect);
  const pages = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && path.extname(file) in MIME) pages.set(`/${path.relative(folder, file).replaceAll(path.sep, '/')}`, file);
  }
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
    const { pathname } = new URL(request.url);
    const file = pages.get(pathname === '/' ? '/index.html' : pathname);
    if (!file) return new Response(null, { status: 404, headers: { 'X-Content-Type-Options': 'nosniff' } });
    // Files below assets/ carry a hash of their content in their name.
    const lasting = pathname.startsWith('/assets/');
    const headers = {
      'Content-Type': MIME[path.extname(file)]!,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    return new Response(request.method === 'HEAD' ? null : await readFile(file), { headers });
  };
}
