/** What this machine remembers of its person beside any project: who they are and which projects they opened. Small JSON files, replaced atomically. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { newId } from '../../shared/domain/ids.ts';
import { idSchema } from '../../shared/domain/model.ts';

const profileSchema = z.object({ userId: idSchema, deviceId: idSchema, name: z.string().min(1).max(80) });
export type Profile = z.infer<typeof profileSchema>;
const recentSchema = z.array(z.object({ name: z.string(), folder: z.string(), openedAt: z.number() }));
export type Recent = z.infer<typeof recentSchema>;
const MAX_RECENT = 20;

/** Reads a settings file; what is absent or not ours reads as undefined, and the bad file is kept beside for the curious. */
export function readSettingsFile<T>(file: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    renameSync(file, `${file}.bad`);
    return undefined;
  }
}

/** Writes a file whole or not at all. `mode`: who may read it, from its first moment. */
export function writeFileWhole(file: string, text: string, mode = 0o666): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { flush: true, mode });
  renameSync(temporary, file);
}

/** The person of this machine; made at the first call, named after the account. */
export function loadProfile(folder: string): Profile {
  const file = path.join(folder, 'profile.json');
  const known = readSettingsFile(file, profileSchema);
  if (known) return known;
  const profile: Profile = { userId: newId(), deviceId: newId(), name: accountName() };
  saveProfile(folder, profile);
  return profile;
}

function accountName(): string {
  try {
    return userInfo().username.slice(0, 80) || 'me';
  } catch {
    return 'me';
  }
}

export function saveProfile(folder: string, profile: Profile): void {
  writeFileWhole(path.join(folder, 'profile.json'), JSON.stringify(profile, null, 2));
}

/** Projects opened on this machine, the last one first. */
export function loadRecent(folder: string): Recent {
  return readSettingsFile(path.join(folder, 'recent.json'), recentSchema) ?? [];
}

/** Puts a project first in the list, or takes a folder off it. */
export function noteRecent(folder: string, project: { name: string; folder: string }): void {
  const rest = loadRecent(folder).filter((recent) => recent.folder !== project.folder);
  saveRecent(folder, [{ ...project, openedAt: Date.now() }, ...rest].slice(0, MAX_RECENT));
}
export function forgetRecent(folder: string, projectFolder: string): void {
  saveRecent(
    folder,
    loadRecent(folder).filter((recent) => recent.folder !== projectFolder),
  );
}
function saveRecent(folder: string, recent: Recent): void {
  writeFileWhole(path.join(folder, 'recent.json'), JSON.stringify(recent, null, 2));
}

const spaceSchema = z.object({ mediaLimitBytes: z.int().positive() });
const MEDIA_LIMIT_BYTES = 20_000_000_000;

/** How much of a project's media folder may be what can be made again, in bytes. */
export const loadMediaLimit = (folder: string): number => readSettingsFile(path.join(folder, 'space.json'), spaceSchema)?.mediaLimitBytes ?? MEDIA_LIMIT_BYTES;
export const saveMediaLimit = (folder: string, mediaLimitBytes: number): void =>
  writeFileWhole(path.join(folder, 'space.json'), JSON.stringify({ mediaLimitBytes }));
