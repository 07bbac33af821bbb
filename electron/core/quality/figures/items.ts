/** The images behind a figure, kept as a list that a filter can name. */
import type { Database } from 'better-sqlite3';
import type { FigureFilter, FigureItems } from '../../../../shared/domain/figures.ts';
import { keepList } from '../../db/rankings.ts';
import { whereOf } from './where.ts';

/** Under the same filter there are as many images as the figure says. */
export function itemsBehind(db: Database, { kind, names, least, most, filter }: FigureItems): { rankingId: string; count: number } {
  const isEverything = filter.personId === null && filter.fromDay === null && filter.toDay === null;
  if (kind === 'state' && isEverything) {
    const states = names ?? filter.states;
    const among = states.length === 0 ? '' : `AND state IN (${placesOf(states)})`;
    return keepList(db, `SELECT num FROM image WHERE excluded = 0 ${among}`, [...states]);
  }
  const isState = kind === 'state';
  const where = whereOf(db, isState && names !== null ? { ...filter, states: names as FigureFilter['states'] } : filter);
  const named = isState || names === null ? [] : names;
  const tests = [where.text];
  const values: (string | number)[] = [isState ? 'image' : kind, ...named, ...where.values];
  if (least !== null) {
    tests.push('AND value >= ?');
    values.push(least);
  }
  if (most !== null) {
    tests.push('AND value <= ?');
    values.push(most);
  }
  const keys = `SELECT num FROM figure_key WHERE kind = ? ${named.length === 0 ? '' : `AND name IN (${placesOf(named)})`}`;
  return keepList(db, `SELECT DISTINCT image_num AS num FROM figure_part WHERE key_num IN (${keys}) ${tests.join(' ')}`, values);
}
const placesOf = (list: readonly unknown[]): string => list.map(() => '?').join(', ');
