/**
 * Keys of language models' servers: a file of this machine's settings that only its person can read. A key belongs to the one address that it was given for;
 * whoever changes the project's address is not sent it. Nothing ever reads one out again: not the page, a log, the project or an export.
 */
import path from 'node:path';
import { z } from 'zod';
import { readSettingsFile, writeFileWhole } from '../settings.ts';

const FILE = 'assistant-keys.json';
const keysSchema = z.record(z.string(), z.string());

/** An address as keys are kept under: scheme, host, port and path, without what is the same in every writing. */
function placeOf(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint);
  return origin + pathname.replace(/\/+$/, '');
}
const read = (folder: string) => readSettingsFile(path.join(folder, FILE), keysSchema) ?? {};

/** The key for this very address, or null. */
export function keyFor(settingsFolder: string, endpoint: string): string | null {
  const keys = read(settingsFolder);
  const place = placeOf(endpoint);
  return Object.hasOwn(keys, place) ? keys[place]! : null;
}

/** Keeps a key for an address, or forgets it. */
export function keepKey(settingsFolder: string, endpoint: string, key: string | null): void {
  const { [placeOf(endpoint)]: _before, ...rest } = read(settingsFolder);
  writeFileWhole(path.join(settingsFolder, FILE), JSON.stringify(key === null ? rest : { ...rest, [placeOf(endpoint)]: key }, null, 2), 0o600);
}
