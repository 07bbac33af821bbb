/** People of the project. */
import type { Database } from 'better-sqlite3';
import type { Person } from '../../../shared/domain/project.ts';
import { sql } from './statement.ts';

/** Writes a person's present name. */
export function putPerson(db: Database, person: Person): void {
  sql(db, 'INSERT INTO person (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name').run(person.id, person.name);
}

export function listPeople(db: Database): Person[] {
  return sql(db, 'SELECT id, name FROM person ORDER BY name').all() as Person[];
}

/** Remembers that a person worked on an image. */
export function notePerson(db: Database, imageNum: number, personId: string): void {
  sql(db, 'INSERT OR IGNORE INTO image_person (image_num, person_id) VALUES (?, ?)').run(imageNum, personId);
}
