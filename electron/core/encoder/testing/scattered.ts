/**
 * Scenes for judging click-to-similar without photos of anybody's: things cut out of the sample photos, turned, in several sizes and crowded, on other sample
 * photos. What is scattered and where is known exactly. Kinds and grounds of the two halves differ.
 */
import path from 'node:path';
import sharp from 'sharp';
import { random } from '../../search/rotation.ts';
import { type Target, targets } from './photos.ts';

interface Kind {
  readonly photo: string;
  /** Middle and half axes, in percent of the photo. */
  readonly at: readonly [x: number, y: number, rx: number, ry: number];
}
const coins = targets.find(({ label }) => label === 'coin')!.points;
const kinds: Readonly<Record<Target['half'], readonly Kind[]>> = {
  tune: [
    { photo: 'coins.jpg', at: [coins[5]!.xPct, coins[5]!.yPct, 7, 9.5] },
    { photo: 'dandelions.jpg', at: [29.4, 32.6, 14, 22] },
    { photo: 'coffee.jpg', at: [61, 70, 7, 10] },
    { photo: 'brushes.jpg', at: [82, 42, 6, 13] },
  ],
  check: [
    { photo: 'two-dogs.jpg', at: [41.4, 30.6, 10, 8.6] },
    { photo: 'fig-bowl.jpg', at: [58.5, 55, 10.5, 19] },
    { photo: 'cat.jpg', at: [38, 38.5, 8, 10] },
    { photo: 'coffee.jpg', at: [48, 27, 19, 23] },
  ],
};
const grounds: Readonly<Record<Target['half'], readonly string[]>> = {
  tune: ['mountain-path.jpg', 'sunset.jpg', 'room.jpg'],
  check: ['stream.jpg', 'mountain-ridge.jpg', 'astronaut.jpg', 'brushes.jpg'],
};
const photos = path.resolve(import.meta.dirname, '../../../../assets/sample-photos');

export interface Scattered {
  readonly name: string;
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly target: Target;
}

/** The `number`th scene of a half, always the same. */
export async function scatteredScene(half: Target['half'], number: number): Promise<Scattered> {
  const next = random(number * 2 + (half === 'tune' ? 1 : 0) + 77);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const long = Math.round(700 + next() * next() * 2600);
  const [width, height] = next() < 0.7 ? [long, Math.round(long * 0.7)] : [Math.round(long * 0.7), long];
  const [kind, distractor] = [kinds[half][number % kinds[half].length]!, pick(kinds[half].filter((_, at) => at !== number % kinds[half].length))];
  const radius = long * (0.018 + next() * 0.05);
  const [jitter, crowded, slanted] = [next() * 0.35, next() < 0.4, next() < 0.35];
  const count = Math.min(5 + Math.floor(next() * 28), Math.floor((width * height) / (radius * radius * (crowded ? 5 : 12))));
  const places: { x: number; y: number; r: number; kind: Kind }[] = [];
  for (let tries = 0; places.length < count * 1.4 && tries < 4000; tries++) {
    const [x, y] = [next() * width, next() * height];
    const r = radius * (1 + (next() * 2 - 1) * jitter) * (slanted ? 0.55 + (0.9 * y) / height : 1);
    if (x < r || y < r || x > width - r || y > height - r) continue;
    if (places.some((other) => Math.hypot(other.x - x, other.y - y) < (r + other.r) * (crowded ? 0.85 : 1.15))) continue;
    places.push({ x, y, r, kind: places.length < count ? kind : distractor });
  }
  const layers = [];
  for (const { r, kind: one, x, y } of places) {
    const input = await cutOut(one, Math.max(6, Math.round(r)), next() * 360, 0.85 + next() * 0.3);
    layers.push({ input: input.data, left: Math.max(0, Math.round(x - input.side / 2)), top: Math.max(0, Math.round(y - input.side / 2)) });
  }
  const ground = path.join(photos, pick(grounds[half]));
  const png = await sharp(ground).resize(width, height, { fit: 'cover' }).composite(layers).png({ compressionLevel: 2 }).toBuffer();
  const points = places
    .filter((place) => place.kind === kind)
    .map(({ x, y, r }) => ({ xPct: (x / width) * 100, yPct: (y / height) * 100, radiusPct: (r / long) * 100 }));
  return {
    name: `${half} ${number}: ${points.length} x ${kind.photo}, ${width} x ${height}`,
    png,
    width,
    height,
    target: { photo: '', label: kind.photo, half, points, ignored: [] },
  };
}

/** An ellipse of a photo with a soft edge, its larger half axis `radius` pixels, turned. */
async function cutOut({ photo, at: [x, y, rx, ry] }: Kind, radius: number, degrees: number, brightness: number): Promise<{ data: Buffer; side: number }> {
  const source = sharp(path.join(photos, photo));
  const { width, height } = await source.metadata();
  const [halfWidth, halfHeight] = [(rx / 100) * width, (ry / 100) * height];
  const scale = radius / Math.max(halfWidth, halfHeight);
  const [w, h] = [Math.max(4, Math.round(2 * halfWidth * scale)), Math.max(4, Math.round(2 * halfHeight * scale))];
  const part = {
    left: Math.max(0, Math.round((x / 100) * width - halfWidth)),
    top: Math.max(0, Math.round((y / 100) * height - halfHeight)),
    width: Math.round(2 * halfWidth),
    height: Math.round(2 * halfHeight),
  };
  const mask = Buffer.from(`<svg width="${w}" height="${h}"><ellipse cx="${w / 2}" cy="${h / 2}" rx="${w / 2 - 0.5}" ry="${h / 2 - 0.5}" fill="#fff"/></svg>`);
  const cut = await source
    .extract({ ...part, width: Math.min(part.width, width - part.left), height: Math.min(part.height, height - part.top) })
    .resize(w, h, { fit: 'fill' })
    .modulate({ brightness })
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
  const turned = await sharp(cut).rotate(degrees, { background: '#0000' }).png().toBuffer({ resolveWithObject: true });
  const side = Math.max(turned.info.width, turned.info.height);
  const data = await sharp({ create: { width: side, height: side, channels: 4, background: '#0000' } })
    .composite([{ input: turned.data }])
    .png()
    .toBuffer();
  return { data, side };
}
