/** Measurements taken inside the page, so that no wire between it and the benchmark is part of them. */
import type { Page } from '@playwright/test';
import { cpuMs, type Window } from './window.ts';

export interface Frames {
  /** Milliseconds between frames. */
  readonly intervals: readonly number[];
  /** Milliseconds of processor time a frame, of the page and what composes it. */
  readonly cpuMs: number;
}

/** Sends one wheel event a frame to `selector` (or, on a bare page, calls `globalThis.step`) and times the frames. */
export async function framesOf({ page, app }: Pick<Window, 'page' | 'app'>, kind: 'pan' | 'zoom', selector: string | null, count = 120): Promise<Frames> {
  const before = cpuMs(app);
  const intervals = await page.evaluate(
    ({ kind, selector, count }) =>
      new Promise<number[]>((resolve) => {
        const element = selector === null ? null : document.querySelector(selector)!.firstElementChild!;
        const { left, top, width, height } = element?.getBoundingClientRect() ?? { left: 0, top: 0, width: 800, height: 600 };
        const times: number[] = [];
        let n = 0;
        const frame = (time: number) => {
          times.push(time);
          if (n++ >= count) return resolve(times.slice(1).map((at, i) => at - times[i]!));
          // There and back again: after the run the view is where it was.
          const forth = n % 40 < 20 ? 1 : -1;
          const event = {
            clientX: left + width / 2,
            clientY: top + height / 2,
            deltaY: forth * (kind === 'zoom' ? -60 : 30),
            shiftKey: kind === 'pan',
            bubbles: true,
            cancelable: true,
          };
          if (element) element.dispatchEvent(new WheelEvent('wheel', event));
          else (globalThis as unknown as { step: (n: number) => void }).step(n);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { kind, selector, count },
  );
  return { intervals, cpuMs: (cpuMs(app) - before) / count };
}

interface Timed {
  timed: Promise<number>;
}

/** Milliseconds from the end of a click to the end of the second frame after it. */
export async function clickToFrame(page: Page, x: number, y: number): Promise<number> {
  await page.evaluate(() => {
    (globalThis as unknown as Timed).timed = new Promise((resolve) => {
      const listener = (event: Event) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - event.timeStamp)));
      addEventListener('pointerup', listener, { once: true, capture: true });
    });
  });
  await page.mouse.click(x, y);
  return page.evaluate(() => (globalThis as unknown as Timed).timed);
}

/** Begins to collect what the browser says of slow interactions; the returned function ends that and gives the durations. Below 16 ms it says nothing. */
export async function interactions(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const store = globalThis as unknown as { durations: number[]; observer?: PerformanceObserver };
    store.durations = [];
    store.observer?.disconnect();
    store.observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (/pointer|click|mouse/.test(entry.name)) store.durations.push(entry.duration);
    });
    store.observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  return async () => {
    await page.waitForTimeout(300);
    return page.evaluate(() => (globalThis as unknown as { durations: number[] }).durations);
  };
}

/** Milliseconds from the press of a key, or the click of an element, to the paint of the image that it opened. */
export async function toPainted(page: Page, type: 'keydown' | 'click', act: () => Promise<void>): Promise<number> {
  const before = await page.evaluate((name) => {
    (globalThis as unknown as Timed).timed = new Promise((resolve) => {
      const listener = (event: Event) => {
        if (event instanceof KeyboardEvent && event.key === 'Alt') return;
        removeEventListener(name, listener, { capture: true });
        resolve(event.timeStamp);
      };
      addEventListener(name, listener, { capture: true });
    });
    return performance.getEntriesByName('image-painted').length;
  }, type);
  await act();
  const at = await page.evaluate(() => (globalThis as unknown as Timed).timed);
  await page.waitForFunction((count) => performance.getEntriesByName('image-painted').length > count, before, { polling: 'raf' });
  return (await page.evaluate(() => performance.getEntriesByName('image-painted').at(-1)!.startTime)) - at;
}
