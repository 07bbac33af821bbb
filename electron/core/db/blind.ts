/** Which images a person was given blind: lists, counts and searches tell them nothing there of what others wrote. */
import type { Database } from 'better-sqlite3';
import { sql } from './statement.ts';

/** Numbers of those images. */
export const BLIND_TO = "SELECT image_num FROM assignment WHERE person_id = ? AND blind = 1 AND kind = 'annotate'";

export const blindImages = (db: Database, personId: string): ReadonlySet<number> => new Set(sql(db, BLIND_TO).pluck().all(personId) as number[]);
