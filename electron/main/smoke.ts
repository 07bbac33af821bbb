/** `--smoke`: opens the app, waits until an image of the project is on the screen, and leaves. For continuous integration and for a first try. */
import { app, type BrowserWindow } from 'electron';

const LIMIT_MS = 60_000;
/**
 * Runs in the page: an image element has its pixels, or a canvas shows more than one colour; then two more frames. (Chromium keeps no resource timing
 * for schemes of an app's own.)
 */
const PAINTED = `new Promise((resolve) => {
  const probe = new OffscreenCanvas(16, 16).getContext('2d', { willReadFrequently: true });
  const shows = (canvas) => {
    if (canvas.width === 0 || canvas.height === 0) return false;
    probe.clearRect(0, 0, 16, 16);
    probe.drawImage(canvas, 0, 0, 16, 16);
    return new Set(new Uint32Array(probe.getImageData(0, 0, 16, 16).data.buffer)).size > 8;
  };
  const there = () => [...document.images].some((image) => image.src.includes('/media/') && image.complete && image.naturalWidth > 0)
    || [...document.querySelectorAll('canvas')].some(shows);
  const look = () => (there() ? requestAnimationFrame(() => requestAnimationFrame(resolve)) : setTimeout(look, 20));
  look();
}).then(() => undefined)`;

/** Ends the app with code 0 once it has painted, with 1 when it does not within a minute. */
export async function leaveWhenPainted(window: BrowserWindow): Promise<void> {
  const timer = setTimeout(() => {
    console.error('no image was painted within a minute');
    app.exit(1);
  }, LIMIT_MS);
  await window.webContents.executeJavaScript(PAINTED);
  clearTimeout(timer);
  console.log(`First image painted ${Math.round(process.uptime() * 1000)} ms after the start of the app.`);
  app.quit();
}
