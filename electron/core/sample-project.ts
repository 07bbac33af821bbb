/** The project that a person's first start opens: 15 photos, copied in, ready to annotate. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { App, OpenOutcome } from './context.ts';
import { DATABASE_FILE } from './db/open.ts';

/** Opens the sample project below the projects folder; makes it and starts its import where it isn't there. */
export async function makeSampleProject(app: App): Promise<OpenOutcome> {
  const folder = path.join(app.host.projectsFolder, 'Sample photos');
  if (existsSync(path.join(folder, DATABASE_FILE))) return app.open(folder);
  const outcome = await app.open(folder, { name: 'Sample photos' });
  if (outcome.status === 'opened') {
    const photos = path.join(app.host.assetsFolder, 'sample-photos');
    // Not the folder itself: the licences lie beside the photos.
    const paths = readdirSync(photos)
      .filter((name) => name.endsWith('.jpg'))
      .map((name) => path.join(photos, name));
    app.project().jobs.start('import', { paths, mode: 'copy' });
  }
  return outcome;
}
