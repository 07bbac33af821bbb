/** The key in the start address and the cookie it is exchanged for: without one, neither another program's page nor another person on this machine gets in. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Keys {
  /** 256 random bits for the start address. */
  readonly token: string;
  isToken(given: string | undefined): boolean;
  /** The `Set-Cookie` header for a browser that showed the token. */
  readonly setCookie: string;
  /** Whether a `Cookie` header holds what was set. */
  isKnown(cookieHeader: string | undefined | null): boolean;
}

/** `name` tells apart servers on one machine: browsers send cookies to every port of a host. */
export function createKeys(name: string): Keys {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  return {
    token,
    isToken: (given) => given !== undefined && same(given, token),
    // No `Secure`: a browser would not keep it over http. No lifetime: it ends with the browser.
    setCookie: `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`,
    isKnown: (header) =>
      (header ?? '').split(';').some((pair) => {
        const [key, value] = pair.trim().split('=', 2);
        return key === name && value !== undefined && same(value, session);
      }),
  };
}

/** In the same time for every wrong value. */
function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
