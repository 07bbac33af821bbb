/** Reads the figures of a dashboard from the sums, in steps short enough that others are served in between. */
import type { Database } from 'better-sqlite3';
import type { DashboardFigures, FigureFilter, FigureKind, NamedSum, ValueCount, WorkSum } from '../../../../shared/domain/figures.ts';
import { readSettings } from '../../db/settings.ts';
import { sql } from '../../db/statement.ts';
import { keyNum } from './store.ts';
import { whereOf, type Where } from './where.ts';

/** Keys of one step. */
const KEYS = 400;
/** Labels that are sent; a project may have thousands. */
const LABELS = 500;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Key {
  readonly num: number;
  readonly kind: FigureKind;
  readonly name: string;
}
type Total = NamedSum & { readonly kind: FigureKind };
const zero = { images: 0, count: 0, value: 0 };

/** All but `pending`. */
export async function readFigures(db: Database, filter: FigureFilter, signal: AbortSignal): Promise<Omit<DashboardFigures, 'pending'>> {
  const where = whereOf(db, filter);
  const totals = await readTotals(db, where, signal);
  const of = (kind: FigureKind) => totals.filter((total) => total.kind === kind).map(({ kind: _kind, ...sum }) => sum);
  const one = (kind: FigureKind) => of(kind)[0] ?? zero;
  const days = readDays(db, where);
  await breathe();
  const people = readPeople(db, filter);
  await breathe();
  const seconds = distribution(db, keyNum(db, 'image', ''), where).filter(({ value }) => value > 0);
  await breathe();
  const words = distribution(db, keyNum(db, 'caption', ''), where);
  await breathe();
  const states = readStates(db, filter, where);
  const absent = new Map(of('absent').map(({ name, count }) => [name, count]));
  const labels = of('label').map((label) => ({ ...label, absent: absent.get(label.name) ?? 0 }));
  const present = new Set(labels.map(({ name }) => name));
  for (const { name, images, count } of of('absent')) if (!present.has(name)) labels.push({ name, images, count: 0, value: 0, absent: count });
  return {
    images: states.reduce((sum, { images }) => sum + images, 0),
    states,
    days,
    people,
    seconds,
    words,
    coverage: { caption: one('caption').images, questions: one('questions').images, points: one('points').images },
    labels: mostUsed(labels).slice(0, LABELS),
    labelCount: labels.length,
    types: mostUsed(of('type')),
    abilities: mostUsed(of('ability')).slice(0, LABELS),
    reasons: mostUsed(of('reason')),
    proposals: mostUsed(of('proposal')),
    hiddenShare: readSettings(db).proposals.hiddenShare,
    span: readSpan(db),
  };
}
const mostUsed = <T extends NamedSum>(sums: readonly T[]): T[] => sums.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));

async function readTotals(db: Database, where: Where, signal: AbortSignal): Promise<Total[]> {
  const keys = sql(db, "SELECT num, kind, name FROM figure_key WHERE kind NOT IN ('person', 'state', 'work', 'step') ORDER BY num").all() as Key[];
  const byNum = new Map(keys.map((key) => [key.num, key]));
  const text = `SELECT key_num AS num, sum(images) AS images, sum(n) AS count, sum(value) AS value FROM figure_sum
    WHERE key_num BETWEEN ? AND ? ${where.text} GROUP BY key_num`;
  const query = db.prepare(text);
  const totals: Total[] = [];
  for (let from = 0; from < keys.length && !signal.aborted; from += KEYS) {
    const rows = query.all(keys[from]!.num, keys[Math.min(from + KEYS, keys.length) - 1]!.num, ...where.values);
    for (const { num, ...sum } of rows as { num: number; images: number; count: number; value: number }[]) {
      const key = byNum.get(num);
      if (key) totals.push({ kind: key.kind, name: key.name, ...sum });
    }
    await breathe();
  }
  return totals;
}

interface WorkRow {
  readonly key: number;
  readonly images: number;
  readonly count: number;
  readonly value: number;
}
type Mutable = { -readonly [K in keyof WorkSum]: WorkSum[K] } & { steps: Record<string, number> };
const stepKeys = (db: Database): Map<number, string> =>
  new Map((sql(db, "SELECT num, name FROM figure_key WHERE kind = 'step'").all() as { num: number; name: string }[]).map(({ num, name }) => [num, name]));
const nothing = (): Mutable => ({ images: 0, edits: 0, activeMs: 0, steps: {} });

function readDays(db: Database, where: Where): DashboardFigures['days'] {
  const steps = stepKeys(db);
  const work = keyNum(db, 'work', '');
  const days = new Map<number, Mutable>();
  const query = db.prepare(
    `SELECT day, sum(images) AS images, sum(n) AS count, sum(value) AS value FROM figure_sum WHERE key_num = ? ${where.text} GROUP BY day`,
  );
  for (const key of [work, ...steps.keys()]) {
    for (const { day, images, count, value } of query.all(key, ...where.values) as (WorkRow & { day: number })[]) {
      let sum = days.get(day);
      if (!sum) days.set(day, (sum = nothing()));
      if (key === work) Object.assign(sum, { images, edits: count, activeMs: value });
      else sum.steps[steps.get(key)!] = images;
    }
  }
  return [...days].map(([day, sum]) => ({ day, ...sum })).sort((a, b) => a.day - b.day);
}

function readPeople(db: Database, filter: FigureFilter): DashboardFigures['people'] {
  const where = whereOf(db, filter, false);
  const steps = stepKeys(db);
  const [work, image] = [keyNum(db, 'work', ''), keyNum(db, 'image', '')];
  const names = sql(db, 'SELECT figure_key.num, person.id, person.name FROM figure_key JOIN person ON person.id = figure_key.name WHERE figure_key.kind = ?');
  const people = new Map(
    (names.all('person') as { num: number; id: string; name: string }[]).map(({ num, id, name }) => [num, { personId: id, name, ...nothing() }]),
  );
  const query = db.prepare(
    `SELECT person_num AS person, sum(images) AS images, sum(n) AS count, sum(value) AS value FROM figure_sum WHERE key_num = ? ${where.text} GROUP BY person_num`,
  );
  const seen = new Set<number>();
  for (const key of [work, image, ...steps.keys()]) {
    for (const { person, images, count, value } of query.all(key, ...where.values) as (WorkRow & { person: number })[]) {
      const sum = people.get(person);
      if (!sum) continue;
      seen.add(person);
      if (key === work) Object.assign(sum, { edits: count, activeMs: value });
      else if (key === image) sum.images = images;
      else sum.steps[steps.get(key)!] = images;
    }
  }
  return [...people].flatMap(([num, sum]) => (seen.has(num) ? [sum] : [])).sort((a, b) => b.images - a.images || (a.name < b.name ? -1 : 1));
}

/** How many images have each value of a key, ascending. */
function distribution(db: Database, key: number, where: Where): ValueCount[] {
  const query = db.prepare(`SELECT value, count(*) AS images FROM figure_part WHERE key_num = ? ${where.text} GROUP BY value ORDER BY value`);
  return query.all(key, ...where.values) as ValueCount[];
}

function readStates(db: Database, filter: FigureFilter, where: Where): { state: string; images: number }[] {
  if (filter.personId === null && filter.fromDay === null && filter.toDay === null) {
    const all = sql(db, 'SELECT state, count(*) AS images FROM image WHERE excluded = 0 GROUP BY state').all() as { state: string; images: number }[];
    return filter.states.length === 0 ? all : all.filter(({ state }) => (filter.states as readonly string[]).includes(state));
  }
  const text = `SELECT figure_key.name AS state, sum(images) AS images FROM figure_sum JOIN figure_key ON figure_key.num = state_num
    WHERE key_num = ? ${where.text} GROUP BY state_num`;
  return db.prepare(text).all(keyNum(db, 'image', ''), ...where.values) as { state: string; images: number }[];
}

function readSpan(db: Database): DashboardFigures['span'] {
  const text = 'SELECT min(day) AS fromDay, max(day) AS toDay FROM figure_sum WHERE key_num = ? AND whole = 1';
  const span = sql(db, text).get(keyNum(db, 'work', '')) as { fromDay: number | null; toDay: number };
  return span.fromDay === null ? null : { fromDay: span.fromDay, toDay: span.toDay };
}
