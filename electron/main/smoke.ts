/** `--smoke`: opens the app, waits until an image of the project is on the screen, and leaves. For continuous integration and for a first try. */
import { app, type BrowserWindow } from 'electron';

const LIMIT_MS = 60_000;
/** Runs in the page: an image of the project was loaded, and two frames were drawn since. */
const PAINTED = `new Promise((resolve) => {
  const look = () => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/media/') && entry.responseEnd > 0)
    ? requestAnimationFrame(() => requestAnimationFrame(resolve)) : setTimeout(look, 20);
  look();
})`;

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
