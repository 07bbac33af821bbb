/**
 * Spell-checking with dictionaries that are on the machine, and with none that would have to be fetched. Chromium reads .bdic files out of a folder of
 * its profile under names with a version, and fetches what is not there; so only languages whose file was put there are ever asked for, and the address
 * to fetch from is a place of the app's own protocol that does not exist. (macOS checks by the system and needs no files.)
 */
import { app, type Session, type WebContents } from 'electron';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dictionariesIn } from './dictionaries.ts';
import { dictionariesFolder } from './folders.ts';
import { ORIGIN } from './security.ts';
import { answer } from './trusted.ts';

/** Where Debian's packages put dictionaries for Chromium's checker. */
const SYSTEM = '/usr/share/hunspell-bdic';
/** Versions in the names that Chromium has looked for: 10-1 is that of English now, 3-0 the one of most others. */
const VERSIONS = ['10-1', '9-0', '3-0'];

/** Turns the checker on for the languages there is a dictionary for. Returns them, for `readDictionaries`; with none it stays off. */
export function checkSpelling(session: Session): readonly string[] {
  session.setSpellCheckerDictionaryDownloadURL(`${ORIGIN}/no-dictionaries/`);
  const languages = process.platform === 'darwin' ? [] : provide(session);
  // Those of the time before are in the profile: they are taken off, so that setting them later reads the files anew.
  if (process.platform !== 'darwin') session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(process.platform === 'darwin' || languages.length > 0);
  answer('spelling:state', async () => ({
    languages,
    folder: dictionariesFolder(),
    bySystem: process.platform === 'darwin',
    ownWords: (await session.listWordsInSpellCheckerDictionary()).toSorted((a, b) => a.localeCompare(b)),
  }));
  answer('spelling:forget', (_window, word) => typeof word === 'string' && session.removeWordFromSpellCheckerDictionary(word));
  return languages;
}

/**
 * Has Chromium read the dictionaries once the page is there. Set before the window was made, it read them in one start of three only
 * (`spellcheck-dictionary-initialized` never came in the others) and checked nothing until the next start.
 */
export function readDictionaries(contents: WebContents, languages: readonly string[]): void {
  if (languages.length > 0) contents.once('dom-ready', () => contents.session.setSpellCheckerLanguages([...languages]));
}

function provide(session: Session): string[] {
  const place = path.join(app.getPath('userData'), 'Dictionaries');
  const known = new Map(session.availableSpellCheckerLanguages.map((language) => [language.toLowerCase(), language]));
  const found = new Set<string>();
  for (const { language, file } of [...dictionariesIn(dictionariesFolder()), ...dictionariesIn(SYSTEM)]) {
    const name = known.get(language.toLowerCase());
    if (name === undefined || found.has(name)) continue;
    try {
      mkdirSync(place, { recursive: true });
      const bytes = readFileSync(file);
      for (const version of VERSIONS) put(bytes, path.join(place, `${name}-${version}.bdic`));
      found.add(name);
    } catch (thrown) {
      console.error(`the dictionary ${file} could not be used`, thrown);
    }
  }
  return [...found];
}

/** Whole or not at all: Chromium may be reading the one of the time before, and deletes for good what it takes for damaged. */
function put(bytes: Buffer, to: string): void {
  if (existsSync(to) && readFileSync(to).equals(bytes)) return;
  writeFileSync(`${to}.new`, bytes);
  renameSync(`${to}.new`, to);
}
