/** Which unit the numbers of points are in, and the way from there to percent of the upright image. */
import type { ImportLabel, Unit, XyPair } from './record.ts';

/** What was seen of the numbers in one file. Points whose format says their unit are not among them. */
export interface UnitFacts {
  points: number;
  /** The largest coordinate. */
  max: number;
  /** Whether some coordinate is no whole number. */
  fractions: boolean;
  usual: Unit | null;
  /** Whether the format itself says `usual`. */
  firm: boolean;
}
export const newFacts = (): UnitFacts => ({ points: 0, max: 0, fractions: false, usual: null, firm: false });

/** Notes the points of a label whose format leaves their unit open. */
export function noteUnits(facts: UnitFacts, { points, unit, usual, firm }: Pick<ImportLabel, 'points' | 'unit' | 'usual' | 'firm'>): void {
  if (unit !== null) return;
  if (usual !== undefined) facts.usual ??= usual;
  facts.firm ||= firm === true;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    facts.points++;
    facts.max = Math.max(facts.max, x, y);
    facts.fractions ||= !Number.isInteger(x) || !Number.isInteger(y);
  }
}

/** Few points say nothing of a file as a whole. */
const ENOUGH = 20;
/** Percent reaches above this in any ordinary file; shares of a side never do. Where percent are usual, few points may lie in the corner all the same. */
const SHARE = 1;
/** Thousandths never go further; pixels of most photos do. */
const THOUSAND = 1000;
/** Of points that were taken for pixels: more than this share outside of the picture means that they are none. */
const OUTSIDE = 0.02;
/** Pictures so small that their pixels are shares, too. */
const TINY_SIDE = 32;
/** Below this many pixels a side, pixels and percent look alike. */
const SMALL_SIDE = 200;

export interface UnitGuess {
  readonly unit: Unit;
  /** Names a sentence below `annotations.unit-because`. */
  readonly because: 'above-100' | 'below-1' | 'within-100' | 'within-1000' | 'format' | 'usual' | 'chosen' | 'none';
}
/** What the pictures of a file say of its points. */
export interface PictureFacts {
  /** The longest side of a typical one. */
  readonly side: number | null;
  /** The share of points that lie outside of their picture if they are pixels. */
  readonly outside: number;
}

/**
 * Beyond 100 it is no percent: pixels, or thousandths where pixels would lie outside of the pictures. Below 1 throughout, with fractions, it is a share of
 * the side. Else percent, but where such files hold pixels as a rule only if the pictures are so large that pixels would go further.
 */
export function guessUnit(facts: UnitFacts, chosen: Unit | null, { side, outside }: PictureFacts): UnitGuess {
  if (chosen !== null) return { unit: chosen, because: 'chosen' };
  const usual = facts.usual ?? 'percent';
  if (facts.points === 0) return { unit: usual, because: 'none' };
  if (usual === 'thousandths') return facts.max > THOUSAND ? { unit: 'pixels', because: 'above-100' } : { unit: 'thousandths', because: 'usual' };
  if (facts.firm) {
    const isShare = facts.max <= SHARE && facts.fractions && facts.points >= ENOUGH && side !== null && side > TINY_SIDE;
    return isShare ? { unit: 'fraction', because: 'below-1' } : { unit: usual, because: 'format' };
  }
  if (facts.max > 100) {
    return facts.max <= THOUSAND && outside > OUTSIDE ? { unit: 'thousandths', because: 'within-1000' } : { unit: 'pixels', because: 'above-100' };
  }
  if (usual === 'pixels') {
    const wouldGoFurther = facts.points >= ENOUGH && side !== null && side > SMALL_SIDE && facts.fractions;
    return wouldGoFurther ? { unit: 'percent', because: 'within-100' } : { unit: 'pixels', because: 'usual' };
  }
  if (facts.max <= SHARE && facts.fractions && (facts.points >= ENOUGH || facts.usual === null)) return { unit: 'fraction', because: 'below-1' };
  return { unit: 'percent', because: 'within-100' };
}

/** An image as the project has it: its upright size, and how its file is turned (EXIF 1 to 8). */
export interface ImageSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
}
/** How far beyond the edge a point may lie, in percent, and still be meant for the edge. */
const TOLERANCE_PCT = 1;

export type Placed =
  | { readonly x: number; readonly y: number; readonly clamped: boolean; readonly turned: boolean }
  | { readonly refused: 'point-outside' | 'point-not-number' };

/**
 * A point in percent of the upright image. `size` is what the file says the picture measures: where that is the size of the picture as it lies in its
 * file, on its side, the point is turned with it.
 */
export function placePoint([x, y]: XyPair, unit: Unit, size: { readonly widthPx: number; readonly heightPx: number } | null, image: ImageSize): Placed {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return { refused: 'point-not-number' };
  const turned = isOnItsSide(size, image);
  const frame = size ?? image;
  const percent =
    unit === 'percent'
      ? [x, y]
      : unit === 'fraction'
        ? [x * 100, y * 100]
        : unit === 'thousandths'
          ? [x / 10, y / 10]
          : [(x * 100) / frame.widthPx, (y * 100) / frame.heightPx];
  const [xPct, yPct] = turned ? turn(percent[0]!, percent[1]!, image.orientation) : (percent as [number, number]);
  const within = (value: number) => value >= -TOLERANCE_PCT && value <= 100 + TOLERANCE_PCT;
  if (!within(xPct) || !within(yPct)) return { refused: 'point-outside' };
  const clamp = (value: number) => Math.min(100, Math.max(0, value));
  const placed = { x: clamp(xPct), y: clamp(yPct) };
  // Rounding of pixels leaves a trace below a billionth.
  const clamped = Math.abs(placed.x - xPct) > 1e-9 || Math.abs(placed.y - yPct) > 1e-9;
  return { ...placed, clamped, turned };
}

/** Whether a size is that of the picture before it is turned upright. */
function isOnItsSide(size: { readonly widthPx: number; readonly heightPx: number } | null, image: ImageSize): boolean {
  if (size === null || image.orientation < 5 || image.widthPx === image.heightPx) return false;
  return size.widthPx === image.heightPx && size.heightPx === image.widthPx;
}

/** EXIF 5 to 8: from the picture as it lies in its file to the upright one. */
function turn(x: number, y: number, orientation: number): [number, number] {
  if (orientation === 5) return [y, x];
  if (orientation === 6) return [100 - y, x];
  if (orientation === 7) return [100 - y, 100 - x];
  return [y, 100 - x];
}
