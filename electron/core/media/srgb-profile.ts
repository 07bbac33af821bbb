/**
 * Whether a colour profile says no more than that the picture is sRGB, as most profiles in photos do. Following it changes nothing and took half of the time in
 * which such a photo was decoded and shrunk (26 ms instead of 11 for 0.4 megapixels). Structure: ICC.1:2022, chapters 7 and 10.
 */

/** sRGB's primaries adapted to D50, as the columns of its matrix. */
const primaries: Readonly<Record<string, readonly number[]>> = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};
/** What profiles of different makers differ by: half a step of 8 bits. */
const TOLERANCE = 0.002;
const SAMPLES = 32;

/** False for what can't be read, and for profiles that hold tables besides the matrix. */
export function isSrgbProfile(icc: Uint8Array): boolean {
  try {
    const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
    if (textAt(view, 16) !== 'RGB ' || textAt(view, 20) !== 'XYZ ') return false;
    const tags = tagsOf(view);
    if ([...tags.keys()].some((tag) => /^[AB]2[AB]\d|^[DB]2[DB]\d/.test(tag))) return false;
    return (
      Object.entries(primaries).every(([tag, xyz]) => isAt(view, tags.get(tag), xyz)) &&
      ['rTRC', 'gTRC', 'bTRC'].every((tag) => isSrgbCurve(view, tags.get(tag)))
    );
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

const textAt = (view: DataView, at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
const fixed = (view: DataView, at: number): number => view.getInt32(at) / 65536;

function tagsOf(view: DataView): ReadonlyMap<string, number> {
  const tags = new Map<string, number>();
  for (let n = Math.min(view.getUint32(128), 100), at = 132; n > 0; n--, at += 12) tags.set(textAt(view, at), view.getUint32(at + 4));
  return tags;
}

function isAt(view: DataView, at: number | undefined, xyz: readonly number[]): boolean {
  return at !== undefined && textAt(view, at) === 'XYZ ' && xyz.every((value, i) => Math.abs(fixed(view, at + 8 + i * 4) - value) < TOLERANCE);
}

const srgb = (x: number): number => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);

function isSrgbCurve(view: DataView, at: number | undefined): boolean {
  if (at === undefined) return false;
  const kind = textAt(view, at);
  const curve = kind === 'curv' ? tableCurve(view, at) : kind === 'para' ? formulaCurve(view, at) : null;
  if (curve === null) return false;
  return Array.from({ length: SAMPLES + 1 }, (_, i) => i / SAMPLES).every((x) => Math.abs(curve(x) - srgb(x)) < TOLERANCE);
}

function tableCurve(view: DataView, at: number): ((x: number) => number) | null {
  const count = view.getUint32(at + 8);
  // None is a straight line, one is a power.
  if (count < 2) return null;
  const value = (i: number) => view.getUint16(at + 12 + i * 2) / 65535;
  return (x) => {
    const place = x * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    return value(below) + (value(below + 1) - value(below)) * (place - below);
  };
}

/** Types 3 and 4: a power, and a straight line near black. */
function formulaCurve(view: DataView, at: number): ((x: number) => number) | null {
  const type = view.getUint16(at + 8);
  if (type !== 3 && type !== 4) return null;
  const [g, a, b, c, d, e = 0, f = 0] = Array.from({ length: type === 3 ? 5 : 7 }, (_, i) => fixed(view, at + 12 + i * 4)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
}
