import { textShift, traceShape } from './marker-shape.ts';

/** How the markers of one set look. */
export interface MarkerStyle {
  readonly color: string;
  readonly shape: number;
  readonly dimmed: boolean;
}

/** A marker drawn once and copied to each place; its middle is the middle of the picture. */
export interface Sprite {
  readonly image: ImageBitmap;
  readonly size: number;
}

/** Marker diameter in CSS pixels, at every zoom. */
export const markerSize = 22;
/** Dot diameters where markers would overlap; the small one from 20,000 dots in view. */
export const dotSizes = { normal: 9, small: 6 } as const;

/** Sprites kept before all are dropped: 4,000 of 32 x 32 are 16 MB. */
const mostSprites = 4000;

/** Draws and keeps sprites for one device scale factor. */
export interface SpriteSheet {
  marker(style: MarkerStyle, rank: number): Sprite;
  /** The markers of a style that are there already, by their number: a frame has only so much time for new ones. Kept up to date. */
  madeMarkers(style: MarkerStyle): ReadonlyMap<number, Sprite>;
  /** A marker without its number: what all numbers of a set are written on. */
  blank(style: MarkerStyle): Sprite;
  /** Larger and with a shadow: hovered or dragged. */
  raised(style: MarkerStyle, rank: number): Sprite;
  dot(style: MarkerStyle, diameter: number): Sprite;
  /** The dot's pixels, for drawing ten thousands at once. */
  dotPixels(style: MarkerStyle, diameter: number): ImageData;
  halo(diameter: number): Sprite;
  /** A proposal: dashed and hollow. */
  ghost(shape: number, diameter: number): Sprite;
  raisedGhost(shape: number): Sprite;
  clear(): void;
}

/** Makes a sheet; `dpr` is device pixels per CSS pixel. */
export function createSpriteSheet(dpr: number): SpriteSheet {
  const sprites = new Map<string, Sprite>();
  /** The same markers by style and number: a frame looks up a thousand of them. */
  const numbered = new Map<string, Map<number, Sprite>>();
  const pixels = new Map<string, ImageData>();
  const glyphs = createGlyphs(dpr);
  const canvas = new OffscreenCanvas(1, 1);
  const ctx = canvas.getContext('2d', { willReadFrequently: true })!;

  const draw = (size: number, paint: () => void): void => {
    // also clears; both only where needed, as each makes a new buffer
    canvas.width = size;
    if (canvas.height !== size) canvas.height = size;
    ctx.setTransform(dpr, 0, 0, dpr, size / 2, size / 2);
    paint();
  };
  const sprite = (key: string, cssSize: number, paint: () => void): Sprite => {
    const known = sprites.get(key);
    if (known) return known;
    if (sprites.size >= mostSprites) clear();
    const size = 2 * Math.ceil((cssSize * dpr) / 2);
    draw(size, paint);
    const made = { image: canvas.transferToImageBitmap(), size };
    sprites.set(key, made);
    return made;
  };
  const clear = (): void => {
    for (const { image } of sprites.values()) image.close();
    sprites.clear();
    for (const made of numbered.values()) made.clear();
    pixels.clear();
  };

  const numberedOf = (style: MarkerStyle): Map<number, Sprite> => {
    const key = styleKey(style);
    let made = numbered.get(key);
    if (!made) numbered.set(key, (made = new Map()));
    return made;
  };
  const blank = (style: MarkerStyle): Sprite => sprite(`blank ${styleKey(style)}`, markerSize + 10, () => paintRinged(ctx, style, markerSize / 2, markerRing));

  return {
    blank,
    marker(style, rank) {
      const base = blank(style);
      const made = sprite(markerKey(style, rank), markerSize + 10, () => {
        ctx.drawImage(base.image, -base.size / dpr / 2, -base.size / dpr / 2, base.size / dpr, base.size / dpr);
        paintNumber(ctx, glyphs, dpr, style, rank, 1);
      });
      numberedOf(style).set(rank, made);
      return made;
    },
    madeMarkers: numberedOf,
    raised: (style, rank) =>
      sprite(`raised ${markerKey(style, rank)}`, markerSize * 1.25 + 20, () => {
        ctx.shadowColor = 'rgb(0 0 0 / 0.45)';
        ctx.shadowBlur = 6 * dpr;
        ctx.shadowOffsetY = 2 * dpr;
        paintRinged(ctx, style, (markerSize / 2) * 1.25, markerRing);
        paintNumber(ctx, glyphs, dpr, style, rank, 1.25);
      }),
    dot: (style, diameter) => sprite(`dot ${diameter} ${styleKey(style)}`, diameter + 3, () => paintDot(ctx, style, diameter)),
    dotPixels(style, diameter) {
      const key = `${diameter} ${styleKey(style)}`;
      let data = pixels.get(key);
      if (!data) {
        const size = 2 * Math.ceil(((diameter + 3) * dpr) / 2);
        draw(size, () => paintDot(ctx, style, diameter));
        data = ctx.getImageData(0, 0, size, size);
        pixels.set(key, data);
      }
      return data;
    },
    halo: (diameter) => sprite(`halo ${diameter}`, diameter + 16, () => paintHalo(ctx, diameter)),
    ghost: (shape, diameter) => sprite(`ghost ${shape} ${diameter}`, diameter + 8, () => paintGhost(ctx, shape, diameter / 2)),
    raisedGhost: (shape) =>
      sprite(`raised ghost ${shape}`, markerSize * 1.25 + 20, () => {
        ctx.shadowColor = 'rgb(0 0 0 / 0.45)';
        ctx.shadowBlur = 6 * dpr;
        ctx.shadowOffsetY = 2 * dpr;
        paintGhost(ctx, shape, (markerSize / 2) * 1.25);
      }),
    clear,
  };
}

const styleKey = (style: MarkerStyle): string => `${style.color} ${style.shape} ${style.dimmed}`;
const markerKey = (style: MarkerStyle, rank: number): string => `${styleKey(style)} ${rank}`;

/** Opacity of sets that aren't active: visible, but behind. */
const dimmedAlpha = 0.7;

const markerRing = { dark: 0.9, white: 1.7 };

/** Digits as pictures. The browser shapes a digit anew in each canvas that was emptied, 7 ms for the number of one hovered marker; a picture is drawn in 0.01. */
interface Glyph {
  readonly image: ImageBitmap;
  /** CSS pixels from its left to the next one's. */
  readonly width: number;
}
type Glyphs = (character: string, size: number, ink: string) => Glyph;

function createGlyphs(dpr: number): Glyphs {
  const made = new Map<string, Glyph>();
  const canvas = new OffscreenCanvas(1, 1);
  const ctx = canvas.getContext('2d')!;
  return (character, size, ink) => {
    const key = `${character} ${size} ${ink}`;
    let glyph = made.get(key);
    if (!glyph) {
      canvas.width = canvas.height = 2 * Math.ceil(size * dpr);
      ctx.setTransform(dpr, 0, 0, dpr, canvas.width / 2, canvas.height / 2);
      ctx.font = `700 ${size}px "Inter Variable", Inter, system-ui, sans-serif`;
      ctx.fillStyle = ink;
      const { width } = ctx.measureText(character);
      ctx.fillText(character, 0, 0);
      made.set(key, (glyph = { image: canvas.transferToImageBitmap(), width }));
    }
    return glyph;
  };
}

function paintNumber(ctx: OffscreenCanvasRenderingContext2D, glyphs: Glyphs, dpr: number, style: MarkerStyle, rank: number, enlarged: number): void {
  const text = rank < 0 ? String.fromCharCode(64 - rank) : String(rank);
  const size = [10.5, 10.5, 10.5, 8.5, 7, 6][Math.min(text.length, 5)]! * enlarged;
  const letters = Array.from(text, (digit) => glyphs(digit, size, inkOn(style.color)));
  let x = -letters.reduce((sum, { width }) => sum + width, 0) / 2;
  const y = size * 0.36 + (markerSize / 2) * enlarged * textShift(style.shape);
  for (const { image, width } of letters) {
    // On whole device pixels, or it would be smoothed over its neighbours.
    const [left, top] = [Math.round(x * dpr) - image.width / 2, Math.round(y * dpr) - image.height / 2];
    ctx.drawImage(image, left / dpr, top / dpr, image.width / dpr, image.height / dpr);
    x += width;
  }
}

function paintDot(ctx: OffscreenCanvasRenderingContext2D, style: MarkerStyle, diameter: number): void {
  paintRinged(ctx, style, diameter / 2 + 0.4, diameter < 8 ? { dark: 0.7, white: 0.6 } : { dark: 0.7, white: 1.1 });
}

/** The shape in the set's colour within a white ring within a dark hairline, so that it reads on any image; rings are equally wide on all sides. */
function paintRinged(ctx: OffscreenCanvasRenderingContext2D, style: MarkerStyle, r: number, ring: { dark: number; white: number }): void {
  traceShape(ctx, style.shape, 0, 0, r - ring.dark - ring.white);
  ctx.lineJoin = 'round';
  ctx.lineWidth = 2 * (ring.dark + ring.white);
  ctx.strokeStyle = 'rgb(20 21 23 / 0.7)';
  ctx.stroke();
  ctx.shadowColor = 'transparent';
  ctx.lineWidth = 2 * ring.white;
  ctx.strokeStyle = '#fff';
  ctx.stroke();
  ctx.fillStyle = style.color;
  ctx.fill();
  dim(ctx, style);
}

/** The whole picture at once: parts made translucent one by one would shine through each other. */
function dim(ctx: OffscreenCanvasRenderingContext2D, style: MarkerStyle): void {
  if (!style.dimmed) return;
  ctx.globalCompositeOperation = 'destination-in';
  ctx.fillStyle = `rgb(0 0 0 / ${dimmedAlpha})`;
  ctx.fillRect(-100, -100, 200, 200);
  ctx.globalCompositeOperation = 'source-over';
}

function paintHalo(ctx: OffscreenCanvasRenderingContext2D, diameter: number): void {
  const r = diameter / 2 + 3.5;
  ctx.lineWidth = 5;
  ctx.strokeStyle = '#fff';
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.lineWidth = 3;
  ctx.strokeStyle = '#2f5fd0';
  ctx.stroke();
}

/** White dashes on a dark ring: they read on any image, and nothing of what they mark is covered. */
function paintGhost(ctx: OffscreenCanvasRenderingContext2D, shape: number, radius: number): void {
  const isSmall = radius < 8;
  traceShape(ctx, shape, 0, 0, radius - (isSmall ? 1.2 : 1.8));
  ctx.lineJoin = 'round';
  ctx.fillStyle = 'rgb(20 21 23 / 0.14)';
  ctx.fill();
  ctx.lineWidth = isSmall ? 2.6 : 3.6;
  ctx.strokeStyle = 'rgb(20 21 23 / 0.62)';
  ctx.stroke();
  ctx.shadowColor = 'transparent';
  ctx.lineWidth = isSmall ? 1.3 : 1.9;
  // Twelve dashes around a circle of any size.
  const dash = (2 * Math.PI * radius) / 24;
  ctx.setLineDash([dash * (isSmall ? 1.4 : 1.2), dash * (isSmall ? 0.6 : 0.8)]);
  ctx.strokeStyle = '#fff';
  ctx.stroke();
  ctx.setLineDash([]);
}

/** White where it reads well enough in bold (contrast 2.7 and more), else near-black. Colours that aren't #rrggbb get white. */
export function inkOn(color: string): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (!hex) return '#fff';
  const [r, g, b] = hex.slice(1).map((part) => {
    const v = Number.parseInt(part, 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 2.7 ? '#fff' : '#1d1e20';
}
