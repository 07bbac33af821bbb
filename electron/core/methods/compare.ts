import type { HandlersOf } from '../../../shared/rpc/server.ts';
import type { Context } from '../context.ts';
import { choose, compareResults, createComparison, nextFor, undoChoice } from '../quality/compare/compare.ts';
import { listComparisons, listSources } from '../quality/compare/store.ts';
import { compareTable } from '../quality/compare/table.ts';
import { importModelTexts, takeWork } from '../quality/compare/take-texts.ts';

const open = ({ app }: Context) => {
  const { db, me, notify } = app.project();
  return { db, userId: me.userId, changed: () => notify({ topic: 'project' }) };
};

export const compareMethods: HandlersOf<'compare', Context> = {
  'compare.sources': (_input, context) => listSources(open(context).db),
  'compare.importModel': async ({ path, kind }, context) => {
    const { db, userId, changed } = open(context);
    const taken = await importModelTexts(db, userId, path, kind);
    changed();
    return taken;
  },
  'compare.takeWork': async ({ kind, from }, context) => {
    const { db, userId, changed } = open(context);
    const taken = await takeWork(db, userId, kind, from);
    changed();
    return taken;
  },
  'compare.create': (wish, context) => {
    const { db, userId, changed } = open(context);
    const made = createComparison(db, userId, wish);
    changed();
    return made;
  },
  'compare.list': (_input, context) => listComparisons(open(context).db, open(context).userId),
  'compare.next': ({ comparisonId }, context) => nextFor(open(context).db, comparisonId, open(context).userId),
  'compare.choose': (said, context) => choose(open(context).db, open(context).userId, said),
  'compare.undo': ({ comparisonId }, context) => undoChoice(open(context).db, comparisonId, open(context).userId),
  'compare.results': ({ comparisonId }, context) => compareResults(open(context).db, comparisonId),
  'compare.table': ({ comparisonId, format }, context) => compareTable(open(context).db, comparisonId, format),
};
