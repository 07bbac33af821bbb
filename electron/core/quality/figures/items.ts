/** The images behind a figure, kept as a list that a filter can name. */
import type { Database } from 'better-sqlite3';
import type { FigureItems } from '../../../../shared/domain/figures.ts';
import { keepList } from '../../db/rankings.ts';
import { whereOf } from './where.ts';

/** Under the same filter there are as many images as the figure says. */
export function itemsBehind(db: Database, { kind, name, least, most, filter }: FigureItems): { rankingId: string; count: number } {
  const isEverything = filter.personId === null && filter.fromDay === null && filter.toDay === null;
  if (kind === 'state' && isEverything) {
    const states = name === null ? filter.states : [name];
    const among = states.length === 0 ? '' : `AND state IN (${states.map(() => '?').join(', ')})`;
    return keepList(db, `SELECT num FROM image WHERE excluded = 0 ${among}`, [...states]);
  }
  const where = whereOf(db, kind === 'state' && name !== null ? { ...filter, states: [name as never] } : filter);
  const values: (string | number)[] = [...where.values];
  const keys = kind === 'state' ? "kind = 'image'" : `kind = '${kind}' ${name === null ? '' : 'AND name = ?'}`;
  let text = where.text;
  if (least !== null && Number.isFinite(least)) {
    text += ' AND value >= ?';
    values.push(least);
  }
  if (most !== null && Number.isFinite(most)) {
    text += ' AND value <= ?';
    values.push(most);
  }
  const named = kind === 'state' || name === null ? [] : [name];
  return keepList(db, `SELECT DISTINCT image_num FROM figure_part WHERE key_num IN (SELECT num FROM figure_key WHERE ${keys}) ${text}`, [...named, ...values]);
}
