/** Outlines of markers: each set has a shape beside its colour, so that colour is never alone. */
const shapeCount = 7;

/** Adds the outline of shape `shape` around (x, y) to the path; `r` is the radius of a circle of about the same area. */
export function traceShape(ctx: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, shape: number, x: number, y: number, r: number): void {
  ctx.beginPath();
  switch (((shape % shapeCount) + shapeCount) % shapeCount) {
    case 1:
      ctx.roundRect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84, r * 0.3);
      break;
    case 2:
      tracePolygon(ctx, 4, x, y, r * 1.22, 0);
      break;
    case 3:
      tracePolygon(ctx, 6, x, y, r * 1.08, 0);
      break;
    case 4:
      tracePolygon(ctx, 3, x, y + r * 0.18, r * 1.32, 0);
      break;
    case 5:
      tracePolygon(ctx, 5, x, y, r * 1.12, 0);
      break;
    case 6:
      tracePolygon(ctx, 3, x, y - r * 0.18, r * 1.32, Math.PI);
      break;
    default:
      ctx.arc(x, y, r, 0, 2 * Math.PI);
  }
}

function tracePolygon(ctx: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, corners: number, x: number, y: number, r: number, turn: number): void {
  for (let i = 0; i < corners; i += 1) {
    const angle = turn - Math.PI / 2 + (i * 2 * Math.PI) / corners;
    ctx.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
}

/** How far the number moves down, in radii, to sit in the shape's wide part. */
export function textShift(shape: number): number {
  return [0, 0, 0, 0, 0.18, 0.03, -0.18][((shape % shapeCount) + shapeCount) % shapeCount]!;
}
