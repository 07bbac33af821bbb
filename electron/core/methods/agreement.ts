import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { disputedImages } from '../quality/agreement/disputes.ts';
import { goldImages, setGold } from '../quality/agreement/gold.ts';
import { lotItems, lots, newLot } from '../quality/agreement/lots.ts';
import { agreementItems, agreementOverview } from '../quality/agreement/overview.ts';
import { riskQueue } from '../quality/agreement/risk-queue.ts';

export const agreementMethods: HandlersOf<'agreement', Context> = {
  'agreement.overview': (ask, { app }, signal) => agreementOverview(app.project().db, ask, signal),
  'agreement.items': ({ wanted }, { app }, signal) => agreementItems(app.project().db, wanted, signal),
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
