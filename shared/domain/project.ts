/** A project: one folder with a database, media and exports. */
import type { PersonRole } from './permissions.ts';

export interface ProjectInfo {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly createdAt: number;
  readonly images: number;
  /** Sequence number of the last event. */
  readonly seq: number;
  /** The folder lies in one that is synchronised or shared (Dropbox, OneDrive, network): a live database can be damaged there. */
  readonly risky: 'synced' | null;
}
export interface RecentProject {
  readonly name: string;
  readonly folder: string;
  readonly openedAt: number;
  readonly exists: boolean;
}
/** Who has a project open. */
export interface Holder {
  readonly person: string;
  readonly host: string;
  readonly program: 'desktop' | 'cli' | 'server';
  readonly since: number;
}
export interface Person {
  readonly id: string;
  readonly name: string;
}
/** A person with what they are to this project. */
export interface ProjectPerson extends Person {
  readonly role: PersonRole;
  /** False for somebody who left: their work stays, nothing is given to them, and nobody acts as them. */
  readonly active: boolean;
  /** Asks for a passphrase before somebody acts as this person. */
  readonly guarded: boolean;
}
/** Who acts in this window. Without a project everybody is the lead of the next one. */
export interface Me extends Person {
  /** Null while nothing may be done: the passphrase was not given yet, or the person is no longer active. */
  readonly role: PersonRole | null;
  readonly guarded: boolean;
  /** The passphrase has to be given first. */
  readonly locked: boolean;
}
