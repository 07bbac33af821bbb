/** Reads the text of one picture: finds boxes, turns each into a line 48 pixels high, reads it, and puts the lines into reading order. */
import { readFile } from 'node:fs/promises';
import type { ReadLine } from '../../../shared/domain/reading.ts';
import type { PixelBlock } from '../encoder/messages.ts';
import type { Graph, Sessions } from '../encoder/session.ts';
import { decodeLine, type Decoded } from './decode-line.ts';
import { findBoxes, type Point, type TextBox } from './find-boxes.ts';
import { type Norm, samplePlanes } from './line-pixels.ts';
import type { ReaderFiles } from './messages.ts';
import { inReadingOrder } from './reading-order.ts';

/** The side the detector was trained at; larger finds smaller text, and its time grows with the area. */
const DETECTION_SIDE = 1280;
const LINE_HEIGHT = 48;
/** A line is read in one go up to here: 64 times as long as high. */
const LONGEST_LINE = LINE_HEIGHT * 64;
/** Taller than this by its width: a column, or text that runs up or down. */
const IS_COLUMN = 1.5;
/** What is less sure is noise more often than text: of 15 photos without text one gets a line ("O", 0.66). PP-OCR's own limit is 0.5. */
const SURE = 0.6;
/** PP-OCRv4's detector was trained with ImageNet's mean and deviation on the planes in the order in which they come. */
const DETECTION: Norm = { mean: [0.485 * 255, 0.456 * 255, 0.406 * 255], scale: [1 / (0.229 * 255), 1 / (0.224 * 255), 1 / (0.225 * 255)] };
const RECOGNITION: Norm = { mean: [127.5, 127.5, 127.5], scale: [1 / 127.5, 1 / 127.5, 1 / 127.5] };

/** All lines of a picture. Throws what the runtime throws. */
export async function readPicture(sessions: Sessions, files: ReaderFiles, pixels: PixelBlock): Promise<ReadLine[]> {
  const detection = await sessions.open(files.detection, files.detection);
  const boxes = await detect(detection, pixels);
  if (boxes.length === 0) return [];
  const recognition = await sessions.open(files.recognition, files.recognition);
  const characters = await charactersOf(files.characters);
  const lines: ReadLine[] = [];
  for (const box of boxes) {
    const { text, score } = await readBox(recognition, characters, pixels, box);
    // A line of strokes and specks alone is a pattern that was taken for text.
    if (score < SURE || !/[\p{L}\p{N}]/u.test(text)) continue;
    lines.push({ text, score, corners: box.corners.flatMap(({ x, y }) => [percent(x, pixels.width), percent(y, pixels.height)]) });
  }
  return inReadingOrder(lines);
}

const percent = (at: number, of: number): number => Math.min(100, Math.max(0, (at / of) * 100));

async function detect(graph: Graph, pixels: PixelBlock): Promise<TextBox[]> {
  const scale = Math.min(1, DETECTION_SIDE / Math.max(pixels.width, pixels.height));
  // Sides are multiples of 32. Squashing by a few pixels keeps positions linear.
  const side = (length: number) => Math.max(32, Math.round((length * scale) / 32) * 32);
  const [width, height] = [side(pixels.width), side(pixels.height)];
  const whole = [
    { x: 0, y: 0 },
    { x: pixels.width, y: 0 },
    { x: 0, y: pixels.height },
  ] as const;
  const map = await runOn(graph, samplePlanes(pixels, whole, width, height, DETECTION));
  const [toX, toY] = [pixels.width / width, pixels.height / height];
  const inImage = ({ x, y }: Point): Point => ({ x: x * toX, y: y * toY });
  return findBoxes({ data: map.data, width, height }).map((box) => {
    const corners = box.corners.map(inImage) as unknown as TextBox['corners'];
    const [a, b, , d] = corners;
    return { corners, score: box.score, width: Math.hypot(b.x - a.x, b.y - a.y), height: Math.hypot(d.x - a.x, d.y - a.y) };
  });
}

/** A column is tried upright sign by sign, and turned either way; the surest reading holds. */
async function readBox(graph: Graph, characters: readonly string[], pixels: PixelBlock, { corners: [a, b, c, d], width, height }: TextBox): Promise<Decoded> {
  const line = (from: readonly [Point, Point, Point], ratio: number) => readLine(graph, characters, pixels, from, ratio);
  if (height < width * IS_COLUMN) return await line([a, b, d], width / height);
  const up = await line([d, a, c], height / width);
  const down = await line([b, c, a], height / width);
  const stacked = await readColumn(graph, characters, pixels, [a, b, d], height / width);
  return [up, down, stacked].reduce((best, next) => (next.score > best.score ? next : best));
}

async function readLine(
  graph: Graph,
  characters: readonly string[],
  pixels: PixelBlock,
  from: readonly [Point, Point, Point],
  ratio: number,
): Promise<Decoded> {
  const width = Math.min(LONGEST_LINE, Math.max(16, Math.ceil(LINE_HEIGHT * ratio)));
  const { data, dims } = await runOn(graph, samplePlanes(pixels, from, width, LINE_HEIGHT, RECOGNITION));
  return decodeLine(data, dims.at(-1)!, characters);
}

/** Characters that stand upright one below the other: the column is cut into squares, which are laid side by side. */
async function readColumn(
  graph: Graph,
  characters: readonly string[],
  pixels: PixelBlock,
  [a, b, d]: readonly [Point, Point, Point],
  ratio: number,
): Promise<Decoded> {
  const cells = Math.min(64, Math.max(1, Math.round(ratio)));
  const width = cells * LINE_HEIGHT;
  const data = new Float32Array(width * LINE_HEIGHT * 3);
  for (let cell = 0; cell < cells; cell++) {
    const along = (share: number, from: Point): Point => ({ x: from.x + (d.x - a.x) * share, y: from.y + (d.y - a.y) * share });
    const [from, to] = [cell / cells, (cell + 1) / cells];
    const square = samplePlanes(pixels, [along(from, a), along(from, b), along(to, a)], LINE_HEIGHT, LINE_HEIGHT, RECOGNITION);
    for (let row = 0; row < LINE_HEIGHT * 3; row++)
      data.set(square.data.subarray(row * LINE_HEIGHT, (row + 1) * LINE_HEIGHT), row * width + cell * LINE_HEIGHT);
  }
  const out = await runOn(graph, { data, width, height: LINE_HEIGHT });
  return decodeLine(out.data, out.dims.at(-1)!, characters);
}

async function runOn(graph: Graph, { data, width, height }: { data: Float32Array; width: number; height: number }) {
  const [input, output] = [graph.inputNames[0]!, graph.outputNames[0]!];
  return (await graph.run({ [input]: { data, dims: [1, 3, height, width] } }, [output]))[output]!;
}

const known = new Map<string, Promise<readonly string[]>>();
/** The characters of a file, read once. */
function charactersOf(file: string): Promise<readonly string[]> {
  let list = known.get(file);
  if (!list) {
    list = readFile(file, 'utf8').then((text) => text.replace(/\r?\n$/, '').split(/\r?\n/));
    known.set(file, list);
  }
  return list;
}
