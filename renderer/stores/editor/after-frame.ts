/** A window that is hidden has no frames: the task runs this much later at the latest. */
export const AT_LATEST_MS = 50;

/** Runs a task once the frame is drawn that shows what was just done: nothing of it may make that frame later. */
export function afterFrame(task: () => void): void {
  let isRun = false;
  const run = () => {
    if (isRun) return;
    isRun = true;
    task();
  };
  requestAnimationFrame(() => setTimeout(run, 0));
  setTimeout(run, AT_LATEST_MS);
}
