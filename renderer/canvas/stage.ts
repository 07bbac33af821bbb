import type { Camera, ImageSize, Viewport } from './camera.ts';
import * as geometry from './camera.ts';
import { createGhostLayer } from './ghost-layer.ts';
import { createHeatLayer } from './heat-layer.ts';
import { createImageLayer } from './image-layer.ts';
import { listen } from './input.ts';
import { drawOutlines } from './outlines.ts';
import { clickMark, ghostIdAt, indexOfMark, indicesOf, markAt, markIdAt, type Marks, placeOfMark, raisedMark } from './marks.ts';
import { createMovement } from './movement.ts';
import { createPicture } from './picture.ts';
import { createPointDrag } from './point-drag.ts';
import { createLoupe, type Loupe } from './loupe.ts';
import { createPointLayer, drawRings, type PointLayer } from './point-layer.ts';
import { buildTable, type PointTable } from './point-table.ts';
import { createRaisedMarker, type RaisedMarker } from './raised-marker.ts';
import { createSpriteSheet, type SpriteSheet } from './sprites.ts';
import type { Stage, StageArea, StageCamera, StageEvents, StageGhosts, StageHeat, StageImage, StageSet } from './stage-api.ts';
import { areaMargin } from './stage-api.ts';
import type { Painter } from './spread.ts';
import { createSurface, type Surface } from './surface.ts';

const noImage: ImageSize = { widthPx: 100, heightPx: 100 };

/** Puts a stage into an empty, positioned element and fills it. */
export function createStage(container: HTMLElement, events: StageEvents): Stage {
  return new CanvasStage(container, events);
}

class CanvasStage implements Stage {
  readonly #events: StageEvents;
  readonly #surface: Surface;
  readonly #imageLayer = createImageLayer(
    () => this.#invalidate('image'),
    () => this.#events.detailWanted(),
  );
  #sheet: SpriteSheet;
  #pointLayer: PointLayer;
  #raised: RaisedMarker;
  readonly #ghosts = createGhostLayer();
  readonly #heat = createHeatLayer();
  readonly #picture: ReturnType<typeof createPicture>;
  readonly #loupe: Loupe;
  readonly #stopListening: () => void;

  #view: Viewport;
  #image: ImageSize | null = null;
  #camera: Camera;
  #sets: readonly StageSet[] = [];
  #activeSetId: string | null = null;
  #table: PointTable;
  #outlines: readonly (readonly number[])[] = [];
  #selectedIds: ReadonlySet<string> = new Set();
  #selected: ReadonlySet<number> = new Set();
  #tool: 'pan' | 'point' = 'pan';
  #loupeOn = false;
  #spacePans = true;
  #area: StageArea | null = null;

  #filter = '';
  /** Layers that changed, and what changes all of them: the camera, or that it rests. */
  #dirty = { image: true, points: true, above: true, camera: false };
  #frame = 0;
  #pointer: { clientX: number; clientY: number } | null = null;
  #hovered = -1;
  readonly #movement = createMovement(() => this.#invalidate('above'));
  readonly #drag = createPointDrag(() => this.#invalidate('points'));
  #painted: PromiseWithResolvers<void> | null = null;
  #destroyed = false;

  constructor(container: HTMLElement, events: StageEvents) {
    this.#events = events;
    this.#surface = createSurface(
      container,
      (view) => this.#resized(view),
      () => this.#invalidate('image'),
    );
    this.#view = this.#surface.view;
    this.#camera = geometry.fitCamera(noImage, this.#view, 0);
    this.#table = buildTable([], noImage, null);
    this.#sheet = createSpriteSheet(this.#view.dpr);
    this.#pointLayer = createPointLayer(this.#sheet);
    const { root } = this.#surface;
    this.#picture = createPicture(this.#surface.context, {
      image: (...to) => this.#drawImage(...to),
      points: (...to) => this.#drawPoints(...to),
      above: (...to) => this.#ghosts.draw(...to, this.#sheet, this.#drag.index - this.#table.count),
    });
    this.#raised = createRaisedMarker(root);
    this.#loupe = createLoupe(root);
    this.#stopListening = listen(root, this.#inputTarget());
    // numbers drawn before their font came are drawn again with it
    document.fonts.addEventListener('loadingdone', this.#renewSprites);
    this.#invalidate('points');
  }

  setImage(image: StageImage | null, { keepCamera = false }: { keepCamera?: boolean } = {}): void {
    const sameSize = image && this.#image && image.widthPx === this.#image.widthPx && image.heightPx === this.#image.heightPx;
    this.#image = image && { widthPx: image.widthPx, heightPx: image.heightPx };
    this.#imageLayer.setImage(image);
    if (!sameSize) {
      this.#drag.cancel();
      this.#table = buildTable(this.#sets, this.#image ?? noImage, null);
    }
    // The first frame of another image is drawn quickly (5 ms instead of 20), and well as soon as it rests.
    if (image && !keepCamera) this.#movement.begin();
    else this.#movement.end();
    this.#invalidate('image');
    if (!keepCamera || !sameSize) this.#setCamera(geometry.fitCamera(this.#image ?? noImage, this.#view, 0), false);
  }

  setSets(sets: readonly StageSet[], activeSetId: string | null): void {
    if (sets !== this.#sets) {
      this.#table = buildTable(sets, this.#image ?? noImage, this.#table);
      this.#selected = indicesOf(this.#table, this.#selectedIds);
      this.#drag.sync((id) => indexOfMark(this.#marks, id));
      this.#hovered = -1;
    }
    this.#sets = sets;
    this.#activeSetId = activeSetId;
    this.#invalidate('points');
  }

  setSelection(ids: readonly string[]): void {
    this.#selectedIds = new Set(ids);
    this.#selected = indicesOf(this.#table, this.#selectedIds);
    this.#invalidate('points');
  }

  setOutlines(outlines: readonly (readonly number[])[]): void {
    this.#outlines = outlines;
    this.#invalidate('points');
  }

  /** Proposals are counted on behind the points: index `table.count` is the first of them. */
  setGhosts(ghosts: StageGhosts | null): void {
    this.#ghosts.set(ghosts, this.#image ?? noImage);
    if (this.#drag.index >= this.#table.count) this.#drag.sync((id) => indexOfMark(this.#marks, id));
    this.#invalidate('above');
  }

  get bitmap(): ImageBitmap | null {
    return this.#imageLayer.bitmap;
  }

  get hoveredGhost(): string | null {
    return ghostIdAt(this.#marks, this.#hovered) ?? null;
  }

  setHeat(heat: StageHeat | null): void {
    this.#heat.set(heat);
    this.#invalidate('image');
  }

  setTool(tool: 'pan' | 'point'): void {
    this.#tool = tool;
    this.#surface.root.style.cursor = tool === 'point' ? 'crosshair' : 'grab';
  }

  setAdjust({ brightness, contrast }: { brightness: number; contrast: number }): void {
    const filter = brightness === 1 && contrast === 1 ? '' : `brightness(${brightness}) contrast(${contrast})`;
    this.#filter = filter;
    this.#invalidate('image');
    this.#loupe.setFilter(filter);
  }

  setLoupe(on: boolean): void {
    this.#loupeOn = on;
    if (!on) this.#loupe.hide();
    this.#requestFrame();
  }

  setSpacePans(pans: boolean): void {
    this.#spacePans = pans;
  }

  fit(): void {
    this.#setCamera(geometry.fitCamera(this.#image ?? noImage, this.#view, this.#camera.rotation));
  }

  showArea(area: StageArea): void {
    this.#setCamera(this.#areaCamera(area), false);
    this.#area = area;
  }

  oneToOne(): void {
    this.#setCamera(geometry.oneToOne(this.#camera, this.#image ?? noImage, this.#view));
  }

  zoomBy(factor: number, at?: { clientX: number; clientY: number }): void {
    const { x, y } = at ? this.#surface.fromClient(at.clientX, at.clientY) : geometry.middleOf(this.#view);
    this.#setCamera(geometry.zoomAt(this.#camera, this.#image ?? noImage, this.#view, factor, x, y));
  }

  panBy(dx: number, dy: number): void {
    this.#setCamera(geometry.panBy(this.#camera, this.#image ?? noImage, this.#view, dx, dy));
  }

  rotate(quarterTurns: 1 | -1): void {
    this.#setCamera(geometry.rotateBy(this.#camera, this.#image ?? noImage, this.#view, quarterTurns), false);
  }

  centreOn(xPct: number, yPct: number): void {
    const image = this.#image ?? noImage;
    this.#setCamera(geometry.centreOn(this.#camera, image, this.#view, (xPct / 100) * image.widthPx, (yPct / 100) * image.heightPx));
  }

  clientToPct(clientX: number, clientY: number): { xPct: number; yPct: number } | null {
    if (!this.#image) return null;
    const at = this.#toImage(clientX, clientY);
    if (at.x < 0 || at.y < 0 || at.x > this.#image.widthPx || at.y > this.#image.heightPx) return null;
    return geometry.toPct(this.#image, at.x, at.y);
  }

  pctToClient(xPct: number, yPct: number): { clientX: number; clientY: number } {
    const image = this.#image ?? noImage;
    const at = geometry.imageToStage(this.#camera, this.#view, (xPct / 100) * image.widthPx, (yPct / 100) * image.heightPx);
    return this.#surface.toClient(at.x, at.y);
  }

  get camera(): StageCamera {
    return { scale: this.#camera.scale, fit: this.#camera.fit, rotation: this.#camera.rotation };
  }

  get framePainted(): Promise<void> {
    this.#painted ??= Promise.withResolvers();
    this.#requestFrame();
    return this.#painted.promise;
  }

  destroy(): void {
    this.#destroyed = true;
    document.fonts.removeEventListener('loadingdone', this.#renewSprites);
    cancelAnimationFrame(this.#frame);
    this.#movement.end();
    this.#drag.cancel();
    this.#stopListening();
    this.#imageLayer.destroy();
    this.#sheet.clear();
    this.#surface.destroy();
    this.#painted?.resolve();
  }

  get #marks(): Marks {
    return { table: this.#table, ghosts: this.#ghosts };
  }

  #inputTarget(): Parameters<typeof listen>[1] {
    return {
      tool: () => this.#tool,
      spacePans: () => this.#spacePans,
      hit: (clientX, clientY) => this.#hit(clientX, clientY),
      panBy: (dx, dy) => this.panBy(dx, dy),
      zoomBy: (factor, at) => this.zoomBy(factor, at),
      clickEmpty: ({ clientX, clientY, leftTextField }) => {
        const at = this.clientToPct(clientX, clientY);
        if (this.#tool === 'point' && at) this.#events.place(at.xPct, at.yPct, { leftTextField });
        else if (this.#selectedIds.size > 0) this.#events.select([]);
      },
      clickPoint: (index, add) => clickMark(this.#marks, index, add, { tool: this.#tool, selectedIds: this.#selectedIds, events: this.#events }),
      startDrag: (index) => this.#startDrag(index),
      drag: (dx, dy) => this.#dragBy(dx, dy),
      endDrag: (keep) => this.#endDrag(keep),
      hover: (at) => {
        this.#pointer = at;
        this.#requestFrame();
      },
    };
  }

  #hit(clientX: number, clientY: number): number {
    return this.#image ? markAt(this.#marks, this.#camera, this.#toImage(clientX, clientY)) : -1;
  }

  #toImage(clientX: number, clientY: number): geometry.Vec {
    const { x, y } = this.#surface.fromClient(clientX, clientY);
    return geometry.stageToImage(this.#camera, this.#view, x, y);
  }

  #startDrag(index: number): boolean {
    const id = markIdAt(this.#marks, index);
    if (id !== undefined) this.#drag.start(index, id, placeOfMark(this.#marks, index));
    return id !== undefined;
  }

  #dragBy(dx: number, dy: number): void {
    if (this.#image) this.#drag.moveBy(this.#camera, this.#view, this.#image, dx, dy);
    this.#requestFrame();
  }

  #endDrag(keep: boolean): void {
    const moved = keep && this.#image ? this.#drag.drop(this.#image) : null;
    if (moved && this.#ghosts.indexOf(moved.id) >= 0) this.#events.acceptGhost(moved.id, moved.xPct, moved.yPct);
    else if (moved) this.#events.move(moved.id, moved.xPct, moved.yPct);
    else this.#drag.cancel();
  }

  #areaCamera(area: StageArea): Camera {
    const image = this.#image ?? noImage;
    return geometry.areaCamera(this.#camera, image, this.#view, geometry.areaOf(image, area), areaMargin);
  }

  #setCamera(camera: Camera, moving = true): void {
    this.#area = null;
    if (camera === this.#camera) return;
    this.#camera = camera;
    this.#dirty.camera = true;
    if (moving) this.#movement.begin();
    this.#requestFrame();
  }

  #resized(view: Viewport): void {
    const newFactor = view.dpr !== this.#view.dpr;
    this.#view = view;
    this.#camera = this.#area ? this.#areaCamera(this.#area) : geometry.resized(this.#camera, this.#image ?? noImage, view);
    this.#dirty.camera = true;
    if (newFactor) this.#renewSprites();
    // at once: the canvas was emptied by its new size, and this runs before the browser paints
    cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  readonly #renewSprites = (): void => {
    this.#sheet.clear();
    this.#sheet = createSpriteSheet(this.#view.dpr);
    this.#pointLayer = createPointLayer(this.#sheet);
    this.#invalidate('points');
  };

  #invalidate(layer: 'image' | 'points' | 'above'): void {
    this.#dirty[layer] = true;
    this.#requestFrame();
  }

  #requestFrame(): void {
    if (this.#frame === 0 && !this.#destroyed) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const dirty = this.#dirty;
    this.#dirty = { image: false, points: false, above: false, camera: false };
    if (dirty.camera) this.#events.cameraChanged(this.camera);
    if (dirty.image || dirty.points || dirty.above || dirty.camera)
      this.#picture.draw({ camera: this.#camera, view: this.#view, moving: this.#movement.moving, image: dirty.image, points: dirty.points });
    this.#drawRaised();
    if (this.#loupeOn) this.#drawLoupe();
    this.#painted?.resolve();
    this.#painted = null;
  }

  #drawImage(ctx: Painter, camera: Camera, view: Viewport, moving: boolean): void {
    this.#imageLayer.draw(ctx, camera, view, { moving, background: this.#surface.background, filter: this.#filter });
    this.#heat.draw(ctx, camera, view, this.#image ?? noImage);
  }

  #drawPoints(ctx: Painter, camera: Camera, view: Viewport, moving: boolean): void {
    const complete = this.#pointLayer.draw(ctx, {
      table: this.#table,
      camera,
      view,
      activeSetId: this.#activeSetId,
      selected: this.#selected,
      hidden: this.#drag.index,
      moving,
      plain: this.#outlines.length === 0,
    });
    if (this.#outlines.length > 0) drawOutlines(ctx, this.#outlines, this.#image ?? noImage, camera, view);
    if (!complete) this.#invalidate('points');
  }

  /** The dragged or hovered marker lies on a small canvas of its own, so that the cursor never makes all points be drawn again. */
  #drawRaised(): void {
    const dragging = this.#drag.index >= 0;
    if (!dragging) this.#hovered = this.#pointer ? this.#hit(this.#pointer.clientX, this.#pointer.clientY) : -1;
    const index = dragging ? this.#drag.index : this.#hovered;
    const sprite = raisedMark(this.#marks, this.#sheet, index, this.#activeSetId);
    if (this.#pointer && !dragging && this.#tool === 'point') this.#surface.root.style.cursor = sprite ? 'pointer' : 'crosshair';
    if (!sprite) return this.#raised.hide();
    const { x, y } = dragging ? this.#drag.at : placeOfMark(this.#marks, index);
    const at = geometry.imageToStage(this.#camera, this.#view, x, y);
    this.#raised.show(sprite, at.x, at.y, this.#view.dpr);
  }

  /** What is dragged is looked at too. */
  #drawLoupe(): void {
    const image = this.#image;
    const target = this.#drag.index >= 0 ? this.#drag.at : this.#pointer && this.#toImage(this.#pointer.clientX, this.#pointer.clientY);
    if (!image || !target || target.x < 0 || target.y < 0 || target.x > image.widthPx || target.y > image.heightPx) return this.#loupe.hide();
    const at = geometry.imageToStage(this.#camera, this.#view, target.x, target.y);
    this.#loupe.show(at, target, this.#camera, this.#view, (ctx, camera, view) => {
      this.#imageLayer.draw(ctx, camera, view, { moving: this.#movement.moving, sharp: true });
      drawRings(ctx, this.#table, camera, view, this.#drag.index);
    });
  }
}
