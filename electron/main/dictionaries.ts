/** Which dictionaries for Chromium's spell-checker a folder holds. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

interface Dictionary {
  readonly language: string;
  readonly file: string;
}

/** The dictionaries of a folder: `en-US.bdic`, `en_US.bdic` or as Chromium names them, `en-US-10-1.bdic`. */
export function dictionariesIn(folder: string): Dictionary[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => {
    const language = /^([a-z]{2,3}(?:[-_][A-Za-z]{2,8})?)(?:-\d+-\d+)?\.bdic$/.exec(name)?.[1];
    return language === undefined ? [] : [{ language: language.replace('_', '-'), file: path.join(folder, name) }];
  });
}
