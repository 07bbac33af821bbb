/**
 * Half-size copies of the image, made only when needed and in slices of some milliseconds, so that panning a 24-megapixel image reads about as many
 * pixels as the screen has. The whole chain is a third of the image's memory at most.
 */
export interface MipChain {
  /** The copy to draw at `scaleDev` device pixels per full bitmap pixel: the smallest ready one that isn't magnified, else the next larger. */
  pick(scaleDev: number): {
    readonly bitmap: ImageBitmap;
    readonly level: number;
    readonly best: boolean;
  };
  /** Makes the level that `scaleDev` wants, slice by slice; calls back when it is there. */
  want(scaleDev: number): void;
  destroy(): void;
}

/** Result pixels drawn per slice: about 8 ms of bilinear halving. */
const slicePixels = 1_500_000;
/** Images smaller than this are drawn as they are. */
const smallestHalved = 512;

/** How many halvings bring the bitmap nearest to, but not below, its size on the screen. */
export function levelFor(widthPx: number, heightPx: number, scaleDev: number): number {
  let level = 0;
  while (scaleDev * 2 ** (level + 1) <= 1 && Math.min(widthPx, heightPx) >> (level + 1) >= smallestHalved / 2) level += 1;
  return level;
}

/** Starts a chain over a bitmap that it doesn't own. */
export function createMipChain(bitmap: ImageBitmap, onReady: () => void): MipChain {
  const levels: ImageBitmap[] = [bitmap];
  let target = 0;
  let running = false;
  let destroyed = false;

  const build = async (): Promise<void> => {
    running = true;
    while (!destroyed && levels.length <= target) {
      const next = await halve(levels.at(-1)!, () => destroyed);
      if (next && !destroyed) levels.push(next);
      else next?.close();
    }
    running = false;
    if (!destroyed) onReady();
  };

  return {
    pick(scaleDev) {
      const wanted = levelFor(bitmap.width, bitmap.height, scaleDev);
      const level = Math.min(wanted, levels.length - 1);
      return { bitmap: levels[level]!, level, best: level === wanted };
    },
    want(scaleDev) {
      target = Math.max(target, levelFor(bitmap.width, bitmap.height, scaleDev));
      if (!running && levels.length <= target) void build();
    },
    destroy() {
      destroyed = true;
      for (const made of levels.slice(1)) made.close();
    },
  };
}

async function halve(source: ImageBitmap, cancelled: () => boolean): Promise<ImageBitmap | null> {
  const width = Math.max(1, source.width >> 1);
  const height = Math.max(1, source.height >> 1);
  const canvas = new OffscreenCanvas(width, height);
  const ctx = canvas.getContext('2d')!;
  // bilinear at exactly one half is the mean of four pixels
  ctx.imageSmoothingQuality = 'low';
  const rows = Math.max(1, Math.floor(slicePixels / width));
  for (let y = 0; y < height; y += rows) {
    await nextTask();
    // the bitmap's owner may have closed it meanwhile
    if (cancelled() || source.width === 0) return null;
    const count = Math.min(rows, height - y);
    ctx.drawImage(source, 0, y * 2, width * 2, count * 2, 0, y, width, count);
  }
  return canvas.transferToImageBitmap();
}

/** Lets input and frames go first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
