/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter that makes ids made in one process strictly increasing, 62 random bits.
 * Sorting by id is sorting by creation, which is why no table of ours carries an order column.
 */
let lastMs = 0;
let counter = 0;

/** A new UUIDv7 that sorts after every id made before it in this process, even when the clock steps back. */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = (random[0]! & 0x3f) | 0x80;
  const time = lastMs.toString(16).padStart(12, '0');
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** Any UUID in lower case; ids from other tools are never used as ours. */
export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
