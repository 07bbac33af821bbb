/** The part of a query that chooses parts or sums under a filter. */
import type { Database } from 'better-sqlite3';
import type { FigureFilter } from '../../../../shared/domain/figures.ts';
import { personNum, stateNum } from './store.ts';

export interface Where {
  readonly text: string;
  readonly values: readonly number[];
}

/** Begins with AND. Built from fixed pieces; all that was asked for is bound. `everybody` false: parts of each person, not of all together. */
export function whereOf(db: Database, filter: FigureFilter, everybody = true): Where {
  const tests: string[] = [];
  const values: number[] = [];
  const test = (text: string, ...bound: number[]) => {
    tests.push(`AND ${text}`);
    values.push(...bound);
  };
  if (filter.personId !== null) test('whole IN (0, 1) AND person_num = ?', personNum(db, filter.personId));
  else if (everybody) test('whole = 1');
  else test('person_num <> 0');
  if (filter.fromDay !== null) test('day >= ?', filter.fromDay);
  if (filter.toDay !== null) test('day <= ?', filter.toDay);
  if (filter.states.length > 0) test(`state_num IN (${filter.states.map(() => '?').join(', ')})`, ...filter.states.map((state) => stateNum(db, state)));
  return { text: tests.join(' '), values };
}
