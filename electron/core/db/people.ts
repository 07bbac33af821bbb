/** People of the project. */
import type { Database } from 'better-sqlite3';
import type { PersonRole } from '../../../shared/domain/permissions.ts';
import type { Person, ProjectPerson } from '../../../shared/domain/project.ts';
import { sql } from './statement.ts';

const COLUMNS = 'id, name, role, active, passphrase IS NOT NULL AS guarded';
type Row = Person & { role: PersonRole; active: 0 | 1; guarded: 0 | 1 };
const toPerson = (row: Row): ProjectPerson => ({ ...row, active: row.active === 1, guarded: row.guarded === 1 });

/** Writes a person's present name. The first person of a project leads it; who comes later has `role`, or annotates. */
export function putPerson(db: Database, person: Person, role: PersonRole = 'annotator'): void {
  sql(
    db,
    `INSERT INTO person (id, name, role) VALUES (?, ?, iif(EXISTS (SELECT 1 FROM person), ?, 'lead'))
     ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
  ).run(person.id, person.name, role);
}

export function listPeople(db: Database): ProjectPerson[] {
  return (sql(db, `SELECT ${COLUMNS} FROM person ORDER BY name, id`).all() as Row[]).map(toPerson);
}

export function personById(db: Database, id: string): ProjectPerson | undefined {
  const row = sql(db, `SELECT ${COLUMNS} FROM person WHERE id = ?`).get(id) as Row | undefined;
  return row && toPerson(row);
}

/** Changes a person's role and whether they are active. */
export function changePerson(db: Database, { id, role, active }: Pick<ProjectPerson, 'id' | 'role' | 'active'>): void {
  sql(db, 'UPDATE person SET role = ?, active = ? WHERE id = ?').run(role, active ? 1 : 0, id);
}

/** The kept passphrase (`salt:hash`), or null. */
export const passphraseOf = (db: Database, id: string): string | null =>
  (sql(db, 'SELECT passphrase FROM person WHERE id = ?').get(id) as { passphrase: string | null } | undefined)?.passphrase ?? null;
export const setPassphrase = (db: Database, id: string, kept: string | null): void =>
  void sql(db, 'UPDATE person SET passphrase = ? WHERE id = ?').run(kept, id);

/** Remembers that a person worked on an image. */
export function notePerson(db: Database, imageNum: number, personId: string): void {
  sql(db, 'INSERT OR IGNORE INTO image_person (image_num, person_id) VALUES (?, ?)').run(imageNum, personId);
}
