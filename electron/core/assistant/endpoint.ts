/** Where a language model may be: text that people wrote never crosses a network unencrypted. */
import { isIP } from 'node:net';
import { AppError } from '../../../shared/rpc/errors.ts';

/** The URL of the chat completions below this base. Throws `forbidden` where plain http would leave this machine or its private network. */
export function chatUrl(endpoint: string): URL {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/chat/completions`);
  if (url.username !== '' || url.password !== '') throw new AppError('forbidden', 'credentials in the address', { key: 'assistant-credentials' });
  if (url.protocol !== 'https:' && !isPrivate(url.hostname)) throw new AppError('forbidden', 'plain http to a public host', { key: 'assistant-plain-http' });
  return url;
}

/** Whether the host is this machine or, by its address or name, in a private network (RFC 1918, 4193, 3927, 6762). */
export function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const version = isIP(host);
  if (version === 4) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
  if (version === 6) return host === '::1' || /^f[cd]/.test(host) || /^fe[89ab]/.test(host);
  return host === 'localhost' || /\.(localhost|local|internal|home\.arpa)$/.test(host);
}
