import { afterEach, expect, test } from 'vitest';
import { datasheetSchema, defaultSettings } from '../../../shared/domain/settings.ts';
import { tempProject, type TempProject } from '../testing/temp-project.ts';
import { readSettings, writeSettings } from './settings.ts';

let project: TempProject;
afterEach(() => project.remove());

test('a new project has the defaults, and what is set is there after a restart', () => {
  project = tempProject();
  expect(readSettings(project.db)).toEqual(defaultSettings);
  writeSettings(project.db, { wordTarget: 60, snippets: [{ key: ';bg', text: 'In the background' }] });
  project = project.reopen();
  writeSettings(project.db, { secondsTarget: 30 });
  expect(readSettings(project.db)).toEqual({
    ...defaultSettings,
    wordTarget: 60,
    secondsTarget: 30,
    snippets: [{ key: ';bg', text: 'In the background' }],
  });
});

test('null is a value: it brings the default guide back', () => {
  project = tempProject();
  writeSettings(project.db, { guide: [{ question: 'What is it?', short: 'It', check: null }] });
  expect(readSettings(project.db).guide).toHaveLength(1);
  writeSettings(project.db, { guide: null });
  expect(readSettings(project.db).guide).toBeNull();
});

test('damaged values and those of a later version fall back to their defaults, and take no others with them', () => {
  project = tempProject();
  writeSettings(project.db, { wordTarget: 60 });
  const put = project.db.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)');
  put.run('secondsTarget', '{"not json');
  put.run('snippets', '[{"key":";a","text":"b","colour":"of a later version"}]');
  put.run('guide', '[]');
  put.run('of-a-later-version', 'true');
  expect(readSettings(project.db)).toEqual({ ...defaultSettings, wordTarget: 60 });
});

test('languages are codes with commas, an address is one of the web, and both may be empty', () => {
  const languages = (text: string) => datasheetSchema.shape.languages.safeParse(text).success;
  expect(['', 'en', 'en, ja', ' zh-Hans ,pt-BR '].map(languages)).toEqual([true, true, true, true]);
  expect(['English', 'en ja', 'en,', 'en\nlicense: x'].map(languages)).toEqual([false, false, false, false]);
  const url = (text: string) => datasheetSchema.shape.url.safeParse(text).success;
  expect(['', 'https://example.org/data', 'javascript:alert(1)', 'file:///etc/passwd'].map(url)).toEqual([true, true, false, false]);
});
