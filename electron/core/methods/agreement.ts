import type { HandlersOf } from '../../../shared/rpc/server.ts';
import { readsText } from '../../../shared/domain/encoder-abilities.ts';
import type { App, Context, OpenProject } from '../context.ts';
import { readSettings } from '../db/settings.ts';
import type { TextEncoder } from '../quality/agreement/caption-cosines.ts';
import { disputedImages } from '../quality/agreement/disputes.ts';
import { goldImages, setGold } from '../quality/agreement/gold.ts';
import { lotItems, lots, newLot } from '../quality/agreement/lots.ts';
import { agreementItems, agreementOverview } from '../quality/agreement/overview.ts';
import { riskQueue } from '../quality/agreement/risk-queue.ts';

/** The project's encoder, where it reads text. */
async function textEncoderOf(app: App, project: OpenProject): Promise<TextEncoder | null> {
  const chosen = readSettings(project.db).encoder;
  const model = chosen && (await app.encoders.find(chosen.id));
  if (!model || !readsText(model.manifest)) return null;
  const { hash, manifest } = model;
  return {
    name: manifest.name ?? manifest.id,
    hash,
    embed: async (texts, signal) => (await app.encoder.run('embed-texts', { model, texts }, signal, 'background')).vectors,
  };
}

export const agreementMethods: HandlersOf<'agreement', Context> = {
  'agreement.overview': async function* (ask, { app }, signal) {
    const project = app.project();
    yield* agreementOverview(project.db, ask, signal, await textEncoderOf(app, project));
  },
  'agreement.items': async ({ wanted }, { app }, signal) => {
    const project = app.project();
    return agreementItems(project.db, wanted, signal, await textEncoderOf(app, project));
  },
  'agreement.disputes': ({ radiusPct }, { app }, signal) => disputedImages(app.project().db, radiusPct, signal),
  'agreement.queue': (_, { app }, signal) => riskQueue(app.project().db, signal),
  'agreement.gold': ({ imageIds, gold }, { app }) => {
    const { db, me } = app.project();
    return { changed: setGold(db, imageIds, gold, me.userId, Date.now()) };
  },
  'agreement.goldImages': (_, { app }) => ({ imageIds: goldImages(app.project().db) }),
  'agreement.newLot': (wish, { app }) => {
    const { db, me } = app.project();
    return newLot(db, wish, me.userId, Date.now());
  },
  'agreement.lots': (_, { app }) => lots(app.project().db),
  'agreement.lotItems': ({ lotId, part }, { app }) => lotItems(app.project().db, lotId, part),
};
