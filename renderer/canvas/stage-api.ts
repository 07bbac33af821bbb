/** What the stage and the rest of the app say to each other. */
import type { Rotation } from './camera.ts';
import type { LoadTile } from './tile-layer.ts';

/** A point as the stage draws it. */
export interface StagePoint {
  readonly id: string;
  readonly setId: string;
  readonly xPct: number;
  readonly yPct: number;
}

/** The points of one label, in the order they were made: the number on a marker is its place in `points`, from 1. */
export interface StageSet {
  readonly id: string;
  readonly color: string;
  readonly points: readonly StagePoint[];
  /** 0 circle, 1 square, 2 diamond, 3 hexagon, 4 triangle, 5 pentagon, 6 triangle upside down, then again: colour is never alone. */
  readonly shape: number;
  /** All markers of the set wear this number instead of their places; -1 is the letter A, -2 B and so on. */
  readonly number?: number;
}

/** What an encoder proposes for one label, dashed and hollow; `ghosts` is another array whenever it changes. */
export interface StageGhosts {
  readonly ghosts: readonly { readonly id: string; readonly xPct: number; readonly yPct: number }[];
  readonly shape: number;
  /** The one that keys are for. */
  readonly focused: string | null;
}
/** Scores from 0 to 255, row by row, over the whole image. */
export interface StageHeat {
  readonly columns: number;
  readonly rows: number;
  readonly values: Uint8Array;
}

/** What the view shows, for the zoom display: `scale` is CSS pixels per upright image pixel (times devicePixelRatio for screen pixels). */
export interface StageCamera {
  readonly scale: number;
  readonly fit: boolean;
  readonly rotation: Rotation;
}

/** A part of the image: its middle and size, in percent. */
export interface StageArea {
  readonly xPct: number;
  readonly yPct: number;
  readonly widthPct: number;
  readonly heightPct: number;
}

/** CSS pixels left free around an area that is shown: room for the tools above and the zoom display below. */
export const areaMargin = { x: 14, y: 58 } as const;

/** What the stage shows. The bitmap may be smaller than the upright size; the stage neither owns nor closes it. */
export interface StageImage {
  readonly bitmap: ImageBitmap;
  readonly widthPx: number;
  readonly heightPx: number;
  /** For an image that is too large to be decoded whole. */
  readonly loadTile?: LoadTile;
}

/** What people do on the stage. */
export interface StageEvents {
  /**
   * The point tool, a click without a drag. `leftTextField`: the same click took the focus out of a text field. The stage can't know whether it was
   * meant (pointing for the sentence being written) or only left the field, so the screen decides.
   */
  place(xPct: number, yPct: number, how: { readonly leftTextField: boolean }): void;
  move(id: string, xPct: number, yPct: number): void;
  select(ids: readonly string[]): void;
  /** The point tool, a click on a proposal, or one that was dragged here: the person takes it. */
  acceptGhost(id: string, xPct: number, yPct: number): void;
  /** Any other tool, a click on a proposal. */
  focusGhost(id: string): void;
  /** The bitmap is magnified and smaller than the image: a larger one would show more. Asked once for each bitmap. */
  detailWanted(): void;
  /** At most once a frame. */
  cameraChanged(camera: StageCamera): void;
}

/** The image with its points: draws on the next frame only what changed, outside React. */
export interface Stage {
  /** A new image is shown fitted and upright; `keepCamera` is for a better bitmap of the same image. */
  setImage(image: StageImage | null, options?: { keepCamera?: boolean }): void;
  /** What it draws at the moment. */
  readonly bitmap: ImageBitmap | null;
  setSets(sets: readonly StageSet[], activeSetId: string | null): void;
  setSelection(ids: readonly string[]): void;
  /** Outlines over everything else, each x and y of its corners in percent: where a word or a line stands. */
  setOutlines(outlines: readonly (readonly number[])[]): void;
  setGhosts(ghosts: StageGhosts | null): void;
  /** The proposal under the cursor, or null. */
  readonly hoveredGhost: string | null;
  /** Laid over the image and under the markers; null takes it away. */
  setHeat(heat: StageHeat | null): void;
  setTool(tool: 'pan' | 'point'): void;
  /** 1 is unchanged. */
  setAdjust(adjust: { brightness: number; contrast: number }): void;
  /** The loupe beside the cursor. */
  setLoupe(on: boolean): void;
  /** Whether Space held moves the view (as it does to begin with). */
  setSpacePans(pans: boolean): void;
  fit(): void;
  /** Brings an area into view, given by its middle and size in percent, and keeps it there when the window changes, until the view is moved. */
  showArea(area: StageArea): void;
  /** One image pixel on one device pixel. */
  oneToOne(): void;
  zoomBy(factor: number, at?: { clientX: number; clientY: number }): void;
  panBy(dx: number, dy: number): void;
  rotate(quarterTurns: 1 | -1): void;
  centreOn(xPct: number, yPct: number): void;
  /** Null off the image. */
  clientToPct(clientX: number, clientY: number): { xPct: number; yPct: number } | null;
  pctToClient(xPct: number, yPct: number): { clientX: number; clientY: number };
  readonly camera: StageCamera;
  /** Resolves after the next frame is drawn. */
  readonly framePainted: Promise<void>;
  destroy(): void;
}
