/**
 * Boxes of text from the detector's map, as in DB ("Real-time Scene Text Detection with Differentiable Binarization", arXiv 1911.08947, section 3.4): the
 * map is cut at a threshold, each connected part gets its smallest rectangle, and that grows by area x ratio / perimeter, for the map is trained on shrunken text.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A rectangle at any angle. Corners: where its text begins above, then along the text, and round. Pixels of the map; edges of pixels, not centres. */
export interface TextBox {
  readonly corners: readonly [Point, Point, Point, Point];
  /** Along the text. */
  readonly width: number;
  readonly height: number;
  readonly score: number;
}
export interface TextMap {
  /** Row by row, 0 to 1. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

const CUT = 0.3;
/** Mean of the map over a part; below it is texture that looks a little like text. */
const SURE = 0.6;
const GROWTH = 1.6;
/** Smallest side before and after growing, in pixels of the map. */
const SMALLEST = 3;
const SMALLEST_GROWN = 5;
/** A hostile picture has thousands of specks; a page of a newspaper has some hundred lines. */
export const MAX_BOXES = 400;

/** The largest and surest `MAX_BOXES` boxes, in no order. */
export function findBoxes({ data, width, height }: TextMap): TextBox[] {
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const boxes: TextBox[] = [];
  // Leftmost and rightmost pixel of each row of one part: all that its hull needs.
  const left = new Int32Array(height);
  const right = new Int32Array(height);
  for (let start = 0; start < data.length; start++) {
    if (seen[start] !== 0 || data[start]! <= CUT) continue;
    let [count, sum, top, bottom, depth] = [0, 0, height, -1, 0];
    stack[depth++] = start;
    seen[start] = 1;
    while (depth > 0) {
      const at = stack[--depth]!;
      const y = Math.floor(at / width);
      const x = at - y * width;
      count++;
      sum += data[at]!;
      if (y < top || y > bottom) {
        for (let row = bottom < 0 ? y : Math.min(y, top); row <= (bottom < 0 ? y : Math.max(y, bottom)); row++) {
          if (bottom >= 0 && row >= top && row <= bottom) continue;
          left[row] = width;
          right[row] = -1;
        }
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
      if (x < left[y]!) left[y] = x;
      if (x > right[y]!) right[y] = x;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [x + dx, y + dy];
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const next = ny * width + nx;
          if (seen[next] !== 0 || data[next]! <= CUT) continue;
          seen[next] = 1;
          stack[depth++] = next;
        }
      }
    }
    if (count < SMALLEST * SMALLEST || sum / count < SURE) continue;
    const box = grownBox(outline(left, right, top, bottom), sum / count);
    if (box) boxes.push(box);
  }
  return boxes.sort((a, b) => b.score * b.width * b.height - a.score * a.width * a.height).slice(0, MAX_BOXES);
}

/** Corners of the outermost pixels of each row. */
function outline(left: Int32Array, right: Int32Array, top: number, bottom: number): Point[] {
  const points: Point[] = [];
  for (let y = top; y <= bottom; y++) {
    for (const edge of [y, y + 1]) points.push({ x: left[y]!, y: edge }, { x: right[y]! + 1, y: edge });
  }
  return points;
}

/** Counter-clockwise hull of points (Andrew's monotone chain). */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}
const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** The smallest rectangle round a hull: one of its sides lies on a side of the hull. Axes `u` and `v`, with the reach along each. */
function smallestRectangle(hull: readonly Point[]): { u: Point; low: Point; high: Point } {
  let best = { u: { x: 1, y: 0 }, low: { x: 0, y: 0 }, high: { x: 0, y: 0 } };
  let least = Infinity;
  hull.forEach((a, at) => {
    const b = hull[(at + 1) % hull.length]!;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length === 0) return;
    const u = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
    let [lowU, lowV, highU, highV] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of hull) {
      const [along, across] = [x * u.x + y * u.y, y * u.x - x * u.y];
      [lowU, highU] = [Math.min(lowU, along), Math.max(highU, along)];
      [lowV, highV] = [Math.min(lowV, across), Math.max(highV, across)];
    }
    const area = (highU - lowU) * (highV - lowV);
    // The first of equals, but for rounding: an upright rectangle stays upright.
    if (area >= least - 1e-6) return;
    least = area;
    best = { u, low: { x: lowU, y: lowV }, high: { x: highU, y: highV } };
  });
  return best;
}

function grownBox(points: readonly Point[], score: number): TextBox | null {
  const { u, low, high } = smallestRectangle(hullOf(points));
  const [long, short] = [high.x - low.x, high.y - low.y];
  if (Math.min(long, short) < SMALLEST) return null;
  const by = (long * short * GROWTH) / (2 * (long + short));
  const [lowU, highU, lowV, highV] = [low.x - by, high.x + by, low.y - by, high.y + by];
  if (Math.min(highU - lowU, highV - lowV) < SMALLEST_GROWN) return null;
  const at = (along: number, across: number): Point => ({ x: along * u.x - across * u.y, y: along * u.y + across * u.x });
  const round = [at(lowU, lowV), at(highU, lowV), at(highU, highV), at(lowU, highV)] as const;
  // The side that runs most to the right is the line's top or bottom; the corner where the top begins comes first.
  const first = [0, 1, 2, 3].reduce((a, b) => (rightward(round, b) > rightward(round, a) ? b : a));
  const corners = [0, 1, 2, 3].map((step) => round[(first + step) % 4]!) as unknown as TextBox['corners'];
  const [a, b, , d] = corners;
  return { corners, width: Math.hypot(b.x - a.x, b.y - a.y), height: Math.hypot(d.x - a.x, d.y - a.y), score };
}
const rightward = (round: readonly Point[], at: number): number => {
  const [a, b] = [round[at]!, round[(at + 1) % 4]!];
  return (b.x - a.x) / Math.hypot(b.x - a.x, b.y - a.y);
};
