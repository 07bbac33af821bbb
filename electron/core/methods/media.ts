import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { App, Context } from '../context.ts';
import { loadMediaLimit, saveMediaLimit } from '../settings.ts';

const space = async (app: App) => ({ sizeBytes: await app.project().space.sizeBytes(), limitBytes: loadMediaLimit(app.host.settingsFolder) });

export const mediaMethods: HandlersOf<'media', Context> = {
  'media.space': (_input, { app }) => space(app),
  'media.setLimit': async ({ limitBytes }, { app }) => {
    saveMediaLimit(app.host.settingsFolder, limitBytes);
    await app.project().space.keepBelow(limitBytes);
    return space(app);
  },
  'media.free': async (_input, { app }) => {
    const freedBytes = await app.project().space.keepBelow(0);
    return { ...(await space(app)), freedBytes };
  },
};
