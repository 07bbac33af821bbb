/** Reads points back out of a text that a model is trained to say, so that what is drawn is what the text names and not what we meant. */
import { qwen25Resize, type SizePx, smartResize } from '../grammar/coordinates.ts';
import type { ExportProfile } from '../profiles.ts';

export interface NamedPoint {
  /** In percent of the upright image. */
  readonly x: number;
  readonly y: number;
  /** The numbers as they stand in the text. */
  readonly as: string;
}
type Reader = (text: string, size: SizePx) => NamedPoint[];

const named = (x: number, y: number, ...words: string[]): NamedPoint => ({ x, y, as: words.join(', ') });

const molmo: Reader = (text) =>
  [...text.matchAll(/<points? ([^>]*)>/g)].flatMap(([, attributes]) => {
    const found = new Map([...attributes!.matchAll(/\b([xy]\d*)="(\d+(?:\.\d+)?)"/g)].map(([, name, value]) => [name!, value!]));
    return [...found].flatMap(([name, x]) => {
      const y = name.startsWith('x') ? found.get(`y${name.slice(1)}`) : undefined;
      return y === undefined ? [] : [named(Number(x), Number(y), x, y)];
    });
  });
/** The number of the image, then number, x and y of each point. */
const molmo2: Reader = (text) =>
  [...text.matchAll(/<points[^>]* coords="\d+((?: \d+ \d{3,4} \d{3,4})+)"/g)].flatMap(([, list]) =>
    [...list!.matchAll(/ \d+ (\d{3,4}) (\d{3,4})/g)].map(([, x, y]) => named(Number(x) / 10, Number(y) / 10, x!, y!)),
  );
const point2d =
  (unit: (size: SizePx) => SizePx): Reader =>
  (text, size) => {
    const { widthPx, heightPx } = unit(size);
    return [...text.matchAll(/"point_2d":\[(\d+),(\d+)\]/g)].map(([, x, y]) => named((Number(x) / widthPx) * 100, (Number(y) / heightPx) * 100, x!, y!));
  };
const thousand = { widthPx: 1000, heightPx: 1000 };
const internvl: Reader = (text) =>
  [...text.matchAll(/<point>(\[\[[\d,[\]]*\]\])<\/point>/g)].flatMap(([, list]) =>
    [...list!.matchAll(/\[(\d+),(\d+)\]/g)].map(([, x, y]) => named(Number(x) / 10, Number(y) / 10, x!, y!)),
  );
/** y first. */
const paligemma: Reader = (text) =>
  [...text.matchAll(/<loc(\d{4})><loc(\d{4})>/g)].map(([, y, x]) => named((Number(x) / 1023) * 100, (Number(y) / 1023) * 100, x!, y!));
const plain: Reader = (text) =>
  [...text.matchAll(/\((\d+\.\d, \d+\.\d(?:; \d+\.\d, \d+\.\d)*)\)/g)].flatMap(([, list]) =>
    list!.split('; ').map((pair) => {
      const [x, y] = pair.split(', ') as [string, string];
      return named(Number(x), Number(y), x, y);
    }),
  );

const readers: Partial<Record<ExportProfile, Reader>> = {
  'molmo-folders': molmo,
  'pixmo-parquet': molmo,
  molmo2,
  'qwen2-vl': point2d(() => thousand),
  'qwen3-vl': point2d(() => thousand),
  'qwen25-vl': point2d((size) => smartResize(size, qwen25Resize)),
  internvl,
  paligemma,
  llava: plain,
  'llama-factory': plain,
  axolotl: plain,
  trl: plain,
};

/** Points that a text names in the profile's grammar, in its order; none for profiles whose points are no text. `size`: of the exported image file. */
export const namedPoints = (profile: ExportProfile, text: string, size: SizePx): NamedPoint[] => readers[profile]?.(text, size) ?? [];

/** Words that are more than words to a loader or a model: tags of points, places of images, location tokens. */
const SPECIAL = /<\|[^|<>]{1,40}\|>|<(?:image|video|audio|bbox|ref-object)>|<\/?(?:points?|ref|box)(?: [^<>]*)?>|<loc\d{4}>/g;
export interface Segment {
  readonly text: string;
  readonly special: boolean;
}
/** A text in pieces, the special ones apart. Together they are the text. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(SPECIAL)) {
    if (index > from) segments.push({ text: text.slice(from, index), special: false });
    segments.push({ text: word, special: true });
    from = index + word.length;
  }
  if (from < text.length) segments.push({ text: text.slice(from), special: false });
  return segments;
}
