/** Memory of all processes, each with its share of what they have in common: the app at a 24-megapixel photo, and the bare window that paints it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { addPoint, addPointSet } from '../shared/domain/authoring.ts';
import { newId } from '../shared/domain/ids.ts';
import { benchCore } from './lib/core.ts';
import { photoFiles } from './lib/photos.ts';
import { report, reportFigure } from './lib/report.ts';
import { memory, openApp, openFloor, painted } from './lib/window.ts';

const POINTS = 10_000;
const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
const sum = (sizes: Map<string, number>) => [...sizes.values()].reduce((total, size) => total + size, 0);

try {
  const photo = path.join(home, 'photo.jpg');
  await sharp(photoFiles().find((file) => file.endsWith('mountain-path.jpg')))
    .resize(6000, 4000, { fit: 'fill' })
    .jpeg({ quality: 88 })
    .toFile(photo);
  const project = path.join(home, 'project');
  const core = await benchCore(project);
  const { jobId } = await core.client.call('images.import', { paths: [photo], mode: 'reference' });
  await core.finish(jobId);
  const { images } = await core.client.call('images.page', { filter: {}, offset: 0, limit: 1 });
  const { me } = await core.client.call('app.info', {});
  const { doc } = await core.client.call('edits.load', { imageId: images[0]!.id });
  const setId = newId();
  const points = Array.from({ length: POINTS }, (_, index) => addPoint(doc, setId, (index * 37) % 100, (index * 61) % 100)).flat();
  await core.client.call('edits.apply', {
    eventId: newId(),
    imageId: images[0]!.id,
    baseRev: 0,
    groupId: newId(),
    ops: [...addPointSet(me.id, 'thing', 'present', setId), ...points],
  });
  await core.close();

  const floor = await openFloor(photo);
  await painted(floor);
  await floor.page.waitForTimeout(3000);
  const least = sum(memory(floor.app));
  await floor.close();

  const window = await openApp(home, project);
  await window.page.getByRole('gridcell').first().dblclick();
  await painted(window);
  await window.page.waitForTimeout(12_000);
  const sizes = memory(window.app);
  for (const [kind, size] of sizes) reportFigure(`memory, ${kind}`, size, 'MB', '');
  report({ what: `memory, 24 megapixels and ${POINTS} points, all processes`, unit: 'MB', ours: sum(sizes), floor: least, goal: '<= 450 MB' });
  await window.close();
} finally {
  rmSync(home, { recursive: true, force: true });
}
