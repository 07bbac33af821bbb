/** Makes small PNG files, for tests that need real images where no image library may be imported. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Encodes an RGB image; `colour` gives red, green and blue (0 to 255) of each pixel. */
export function encodePng(widthPx: number, heightPx: number, colour: (x: number, y: number) => readonly [number, number, number]): Buffer {
  const rows = Buffer.alloc(heightPx * (1 + 3 * widthPx));
  for (let y = 0, at = 0; y < heightPx; y++) {
    // Each row begins with its filter: none.
    at++;
    for (let x = 0; x < widthPx; x++, at += 3) rows.set(colour(x, y), at);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  // 8 bits a channel, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** An image that no other `seed` gives: stripes, so that perceptual hashes differ too. */
export function testPng(seed: number, widthPx = 64, heightPx = 48): Buffer {
  return encodePng(widthPx, heightPx, (x, y) => [(x * (seed + 3)) & 255, (y * (seed * 7 + 5)) & 255, (seed * 37 + ((x >> 3) ^ (y >> 3)) * 16) & 255]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
}
