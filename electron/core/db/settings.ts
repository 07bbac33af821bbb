/** What leads decided for the project: one row a setting, JSON. */
import type { Database } from 'better-sqlite3';
import { defaultSettings, type ProjectSettings, settingsSchema } from '../../../shared/domain/settings.ts';
import { sql } from './statement.ts';

const keys = Object.keys(settingsSchema.shape) as (keyof ProjectSettings)[];

/** All settings. What is absent, damaged or of a later version's shape has its default, each setting for itself. */
export function readSettings(db: Database): ProjectSettings {
  const stored = new Map((sql(db, 'SELECT key, value FROM setting').all() as { key: string; value: string }[]).map((row) => [row.key, row.value]));
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const key of keys) {
    const text = stored.get(key);
    if (text === undefined) continue;
    const parsed = settingsSchema.shape[key].safeParse(json(text));
    if (parsed.success) settings[key] = parsed.data;
  }
  return settings as ProjectSettings;
}

/** Whether a lead, or the app for them, has ever said anything about it. */
export const hasSetting = (db: Database, key: keyof ProjectSettings): boolean => sql(db, 'SELECT 1 FROM setting WHERE key = ?').get(key) !== undefined;

/** Writes the given settings and leaves the others. */
export function writeSettings(db: Database, changes: { readonly [K in keyof ProjectSettings]?: ProjectSettings[K] | undefined }): void {
  const put = sql(db, 'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  db.transaction(() => {
    for (const key of keys) if (changes[key] !== undefined) put.run(key, JSON.stringify(changes[key]));
  })();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
