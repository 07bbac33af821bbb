/** Who acts in this core: the person of this machine, or another of the project who took over. Remembered per project and machine, never in the project. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { idSchema } from '../../shared/domain/model.ts';
import type { PersonRole } from '../../shared/domain/permissions.ts';
import type { Me } from '../../shared/domain/project.ts';
import { listPeople, passphraseOf, personById, putPerson } from './db/people.ts';
import type { CoreHost } from './host.ts';
import type { Acting } from './project.ts';
import { packageOf } from './merge/package-of.ts';
import { roleOf } from './rights.ts';
import { type Profile, readSettingsFile, writeFileWhole } from './settings.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const HASH_BYTES = 32;

/** What is kept of a passphrase: scrypt with Node's cost (16 MB, about 50 ms), as `salt:hash` in hex. */
export async function keepPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(passphrase.normalize('NFC'), salt, HASH_BYTES)).toString('hex')}`;
}

export async function isPassphrase(passphrase: string, kept: string): Promise<boolean> {
  const [salt = '', hash = ''] = kept.split(':');
  const wanted = Buffer.from(hash, 'hex');
  const given = await derive(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), HASH_BYTES);
  return wanted.length === HASH_BYTES && timingSafeEqual(wanted, given);
}

const actingSchema = z.record(z.string(), idSchema);
const fileOf = (settingsFolder: string) => path.join(settingsFolder, 'acting.json');
const rememberedFor = (settingsFolder: string, projectId: string): string | undefined => readSettingsFile(fileOf(settingsFolder), actingSchema)?.[projectId];

/** Remembers who acts in a project on this machine. */
export function rememberActing(settingsFolder: string, projectId: string, personId: string): void {
  const all = readSettingsFile(fileOf(settingsFolder), actingSchema) ?? {};
  writeFileWhole(fileOf(settingsFolder), JSON.stringify({ ...all, [projectId]: personId }, null, 2));
}

/** The acting person, who may change. */
export interface ActingPerson extends Acting {
  become(userId: string): void;
}

/** Until a team gave anybody another role or a passphrase, everybody who opens the project leads it, as on one's own machines. */
const roleOfNewcomer = (db: Database): PersonRole => (listPeople(db).every((person) => person.role === 'lead' && !person.guarded) ? 'lead' : 'annotator');

/**
 * Who acts when a project opens: whom this machine remembers, else its own person, who joins the project where they are new to it. A person with a
 * passphrase has to give it again.
 */
export function startActing(db: Database, host: CoreHost, profile: Profile, projectId: string): ActingPerson {
  const remembered = host.program === 'cli' ? undefined : rememberedFor(host.settingsFolder, projectId);
  // A work package is worked on under the name that it was made for.
  const packaged = packageOf(db)?.personId;
  let userId = packaged ?? (remembered !== undefined && personById(db, remembered) ? remembered : profile.userId);
  if (userId === profile.userId) putPerson(db, { id: userId, name: profile.name }, roleOfNewcomer(db));
  let locked = host.program !== 'cli' && passphraseOf(db, userId) !== null;
  return {
    get userId() {
      return userId;
    },
    deviceId: profile.deviceId,
    get rights() {
      return host.program === 'cli' ? 'all' : locked ? 'none' : undefined;
    },
    become(next) {
      userId = next;
      locked = false;
      rememberActing(host.settingsFolder, projectId, next);
    },
  };
}

/** The acting person as a window shows them. */
export function meOf(project: { readonly db: Database; readonly me: Acting } | null, profile: Profile): Me {
  if (!project) return { id: profile.userId, name: profile.name, role: 'lead', guarded: false, locked: false };
  const person = personById(project.db, project.me.userId);
  return {
    id: project.me.userId,
    name: person?.name ?? profile.name,
    role: roleOf(project),
    guarded: person?.guarded ?? false,
    locked: project.me.rights === 'none',
  };
}

/** Whether nobody else could lead the project if this person no longer did. */
export const isLastLead = (db: Database, personId: string): boolean =>
  !listPeople(db).some((person) => person.id !== personId && person.active && person.role === 'lead');
