import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { readingCounts } from '../db/readings.ts';
import { readSettings } from '../db/settings.ts';
import { readImageText } from '../reading/read-image.ts';
import { READER, readerFiles } from '../reading/reader-files.ts';
import { startReading } from '../reading/run-ocr.ts';

export const readingMethods: HandlersOf<'reading', Context> = {
  'reading.lines': ({ imageId }, { app }) => {
    const project = app.project();
    if (!readSettings(project.db).reading.enabled) return { status: 'off' };
    // Not cancelled with the call: who leaves the image comes back to it, and the work is nearly done.
    return readImageText(project, imageId, { urgent: true });
  },
  'reading.start': (_input, { app }) => ({ jobId: startReading(app.project()) }),
  'reading.status': (_input, { app }) => ({ installed: readerFiles() !== null, model: READER, ...readingCounts(app.project().db, READER) }),
};
