import { type Camera, type ImageSize, imageToStage, type Viewport } from './camera.ts';
import type { Painter } from './spread.ts';

/** Draws outlines on a layer that was just drawn: white on black, so that they show on any picture. Corners are x and y in percent of the image. */
export function drawOutlines(ctx: Painter, outlines: readonly (readonly number[])[], image: ImageSize, camera: Camera, view: Viewport): void {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineJoin = 'round';
  ctx.beginPath();
  for (const corners of outlines) {
    for (let i = 0; i + 1 < corners.length; i += 2) {
      const at = imageToStage(camera, view, (corners[i]! / 100) * image.widthPx, (corners[i + 1]! / 100) * image.heightPx);
      if (i === 0) ctx.moveTo(at.x * view.dpr, at.y * view.dpr);
      else ctx.lineTo(at.x * view.dpr, at.y * view.dpr);
    }
    ctx.closePath();
  }
  ctx.strokeStyle = 'rgb(0 0 0 / 75%)';
  ctx.lineWidth = 5 * view.dpr;
  ctx.stroke();
  ctx.strokeStyle = '#ffffff';
  ctx.lineWidth = 2 * view.dpr;
  ctx.stroke();
  ctx.restore();
}
