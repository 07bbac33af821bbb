/** Which address a person means when they name a model: a page of a hub, `owner/name`, or the folder that holds the files. */
import { AppError } from '../../../../shared/rpc/errors.ts';

export interface HubPlace {
  /** Ends with a slash; files are below it. */
  readonly base: URL;
  /** `owner/name` where the place is a repository of a hub. */
  readonly repository: string | null;
}
/** The hub that a bare `owner/name` means. */
const HUB = 'https://huggingface.co/';
const LONGEST = 1000;

const refuse = (key: string, message: string, details: Record<string, unknown>) => new AppError('invalid', message, { key, ...details });

/** Whether only this machine is asked. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Plain http would let anybody on the way exchange the files. Throws AppError `download-insecure`. */
export function ensureSafe(url: URL): void {
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  if (!isSafe || url.username !== '' || url.password !== '')
    throw refuse('download-insecure', `not https: ${url.protocol}`, { host: url.host || url.protocol });
}

/** Throws AppError `download-address` for what is no address, `download-insecure` for one that must not be asked. */
export function hubPlace(text: string): HubPlace {
  const trimmed = text.trim();
  const bare = /^[\w.-]+\/[\w.-]+$/.test(trimmed);
  const url = trimmed.length <= LONGEST && URL.canParse(bare ? HUB + trimmed : trimmed) ? new URL(bare ? HUB + trimmed : trimmed) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse('download-address', 'no address', { address: trimmed.slice(0, 200) });
  ensureSafe(url);
  url.search = '';
  url.hash = '';
  const parts = url.pathname.split('/').filter(Boolean);
  // A page of the repository: its front, its list of files, or one of them.
  const page = /^(resolve|tree|blob|raw)$/.test(parts[2] ?? '') ? parts[2] : undefined;
  const isFront = parts.length === 2 && !url.pathname.endsWith('/');
  if (page !== undefined || isFront) {
    const [owner, name] = parts;
    const revision = (page === undefined ? undefined : parts[3]) ?? 'main';
    const below = page === 'blob' ? parts.slice(4, -1) : parts.slice(4);
    url.pathname = `/${[owner, name, 'resolve', revision, ...below].join('/')}/`;
    return { base: url, repository: `${owner}/${name}` };
  }
  // The address of the manifest itself means the folder it lies in.
  url.pathname = url.pathname.replace(/\/model\.json$/, '/').replace(/\/*$/, '/');
  return { base: url, repository: null };
}

/** The address of a file below the place. Names were checked by the manifest: none leads out. */
export const fileUrl = ({ base }: HubPlace, name: string): URL => new URL(name.split('/').map(encodeURIComponent).join('/'), base);
