/** Which addresses the server may listen on and which names a browser may call it by. */
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** Only programs on this machine reach such an address. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}
const isWildcard = (host: string) => host === '0.0.0.0' || host === '::';

/**
 * Names by which this server may be called. A page of another site can have its name point at 127.0.0.1 (DNS rebinding) and would then count as the
 * same origin; its name in the Host header gives it away.
 */
export function allowedNames(host: string): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', bracketed(host.toLowerCase())];
  if (isWildcard(host)) {
    names.push(hostname().toLowerCase(), `${hostname().toLowerCase()}.local`);
    for (const addresses of Object.values(networkInterfaces())) names.push(...(addresses ?? []).map(({ address }) => bracketed(address.replace(/%.*$/, ''))));
  }
  return new Set(names);
}

/** The name without port that a Host header holds; null where it holds anything else. Any port: somebody may reach us through a tunnel. */
export function nameOf(hostHeader: string | undefined | null): string | null {
  if (!hostHeader || !/^[\w.:[\]-]+$/.test(hostHeader)) return null;
  try {
    return new URL(`http://${hostHeader}/`).hostname;
  } catch {
    return null;
  }
}

/** What to put into an address for people: a wildcard is none. */
export function shownName(host: string): string {
  if (!isWildcard(host)) return bracketed(host);
  const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return outside.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? hostname();
}

const bracketed = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);
