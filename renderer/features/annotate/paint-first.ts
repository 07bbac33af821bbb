/** An image that was decoded ahead is painted before React makes its screen: it takes three times as long as the frame, and nobody waits for a panel. */
import type { LoadedImage } from '../../canvas/image-loader.ts';
import type { Stage } from '../../canvas/stage-api.ts';

/** Longer than a frame takes: a window that is hidden paints none. */
const LONGEST_MS = 60;
/** The screen has its own hold on the image long before. */
const HOLD_MS = 3000;

/** Paints without the labels, which come with their screen, then opens; whatever a person does meanwhile finds the screen open. */
export function paintFirst(stage: Stage, ready: Promise<LoadedImage>, open: () => void): void {
  const inputs = ['keydown', 'pointerdown'] as const;
  let opened = false;
  const go = (): void => {
    if (opened) return;
    opened = true;
    clearTimeout(timer);
    for (const type of inputs) removeEventListener(type, go, { capture: true });
    open();
  };
  const timer = setTimeout(go, LONGEST_MS);
  for (const type of inputs) addEventListener(type, go, { capture: true });
  ready.then(
    (loaded) => {
      setTimeout(() => loaded.release(), HOLD_MS);
      if (opened) return;
      stage.setSets([], null);
      stage.setOutlines([]);
      stage.setGhosts(null);
      stage.setHeat(null);
      stage.setImage({ bitmap: loaded.bitmap, widthPx: loaded.widthPx, heightPx: loaded.heightPx });
      void stage.framePainted.then(() => {
        performance.mark('image-painted');
        // In a task of its own, or the browser would wait with the frame until React is done.
        setTimeout(go);
      });
    },
    () => go(),
  );
}
