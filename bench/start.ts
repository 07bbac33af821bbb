/** Cold start to the first painted image: the app on 15 images and on 100,000, and a bare window that paints the same image. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeBigProject } from './lib/big-project.ts';
import { photoFiles } from './lib/photos.ts';
import { median, report } from './lib/report.ts';
import { openApp, openFloor, painted, type Window } from './lib/window.ts';

const ROUNDS = 7;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const image = photoFiles().find((file) => path.basename(file) === 'astronaut.jpg')!;

/** A project of so many images whose window was last at the photo that the floor paints. */
async function prepare(images: number): Promise<{ home: string; project: string }> {
  const own = path.join(home, String(images));
  const project = path.join(own, 'project');
  await makeBigProject(project, images);
  const { page, close } = await openApp(own, project);
  await page.getByRole('gridcell', { name: 'astronaut.jpg' }).dblclick();
  await page.waitForFunction(() => performance.getEntriesByName('image-painted').length > 0);
  await page.waitForTimeout(500);
  await close();
  return { home: own, project };
}

async function timed(open: () => Promise<Window>): Promise<number> {
  const window = await open();
  const time = await painted(window);
  await window.close();
  return time;
}

try {
  const small = await prepare(15);
  const large = await prepare(100_000);
  const times = { small: [] as number[], large: [] as number[], floor: [] as number[] };
  for (let round = -1; round < ROUNDS; round++) {
    const floor = await timed(() => openFloor(image));
    const few = await timed(() => openApp(small.home, small.project));
    const many = await timed(() => openApp(large.home, large.project));
    if (round < 0) continue;
    times.floor.push(floor);
    times.small.push(few);
    times.large.push(many);
  }
  const floor = median(times.floor);
  report({ what: 'cold start to the image, 15 images', unit: 'ms', ours: median(times.small), floor, goal: '<= 1.5' });
  report({ what: 'cold start to the image, 100,000 images', unit: 'ms', ours: median(times.large), floor, goal: '<= 1.5' });
  report({ what: 'cold start, 100,000 images against 15', unit: 'ms', ours: median(times.large), floor: median(times.small), goal: '1' });
} finally {
  rmSync(home, { recursive: true, force: true });
}
