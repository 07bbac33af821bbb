/** What rules are told of an image beside its document. */
import type { Database } from 'better-sqlite3';
import type { ImageFormat } from '../../../../shared/domain/image.ts';
import { lintRules } from '../../../../shared/domain/lint/lint.ts';
import { blocksOf, type Blocking, type LintContext } from '../../../../shared/domain/lint/rule.ts';
import { originsOf } from '../../../../shared/domain/text-origin.ts';
import { eventsOfImage } from '../../db/events.ts';
import { readSettings } from '../../db/settings.ts';
import { sql } from '../../db/statement.ts';
import { type ProjectFacts, readFacts, rulesKey } from './facts.ts';

export type FileState = LintContext['image']['file'];
/** What is the same for all images of the project at this time. */
export interface LintFrame {
  readonly rules: string;
  readonly settings: LintContext['settings'];
  readonly languages: readonly string[];
  readonly facts: ProjectFacts;
  readonly commonOpenings: ReadonlySet<string>;
}

/** Reads the frame: settings, and facts as they were last counted. */
export function lintFrame(db: Database, facts: ProjectFacts = readFacts(db)): LintFrame {
  const { lint: settings, datasheet } = readSettings(db);
  const languages = datasheet.languages.split(',').flatMap((code) => code.trim() || []);
  return { rules: rulesKey(db, facts), settings, languages, facts, commonOpenings: new Set(facts.commonOpenings) };
}

/** The rules that hold an image back from being handed in, or from an export, by the project's settings. */
export function codesThat(db: Database, what: Blocking): string[] {
  const { settings } = lintFrame(db);
  return lintRules.filter((rule) => blocksOf(rule, settings) === what).map(({ code }) => code);
}

interface ImageRow {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: number;
  readonly format: ImageFormat;
  readonly needsRendition: 0 | 1;
  readonly missing: 0 | 1;
  readonly name: string;
  readonly file: FileState | null;
  readonly near: number | null;
}

/** The context of one image. `file`: what was just found of it; by default what is known. */
export function lintContext(db: Database, frame: LintFrame, num: number, file?: FileState): LintContext {
  const row = sql(
    db,
    `SELECT width_px AS widthPx, height_px AS heightPx, orientation, format, needs_rendition AS needsRendition, missing, name,
       (SELECT file FROM lint_image WHERE image_num = image.num) AS file, (SELECT group_num FROM near_member WHERE image_num = image.num) AS near
     FROM image WHERE num = ?`,
  ).get(num) as ImageRow;
  const { widthPx, heightPx, orientation, format, needsRendition, missing, name, near } = row;
  const hasInput = sql(db, 'SELECT 1 FROM event WHERE image_num = ? AND text_input IS NOT NULL LIMIT 1').get(num) !== undefined;
  return {
    settings: frame.settings,
    languages: frame.languages,
    image: {
      widthPx,
      heightPx,
      orientation,
      format,
      needsRendition: needsRendition === 1,
      file: file ?? (missing === 0 ? 'there' : row.file === 'changed' ? 'changed' : 'missing'),
    },
    nearInOtherSplit: near === null ? [] : inOtherSplit(db, near, name),
    yesShare: frame.facts.yesShare,
    commonOpenings: frame.commonOpenings,
    origins: hasInput ? originsOf(eventsOfImage(db, num)) : new Map(),
  };
}

/** The same for a blind annotator: how others answer in the whole project is not told, not even as a share. */
export const blindContext = (context: LintContext): LintContext => ({ ...context, yesShare: null, commonOpenings: new Set() });

/** Names that data sets give the folders of their splits. */
const SPLIT = /(?:^|\/)(train(?:ing)?|val(?:id(?:ation)?)?|dev|test(?:ing)?|eval(?:uation)?)\d{0,4}(?=\/)/i;
const SAME: Readonly<Record<string, string>> = {
  training: 'train',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  testing: 'test',
  eval: 'test',
  evaluation: 'test',
};
/** The split that a name says the image is of, or null. */
export function splitOf(name: string): string | null {
  const word = SPLIT.exec(name)?.[1]?.toLowerCase();
  return word === undefined ? null : (SAME[word] ?? word);
}
function inOtherSplit(db: Database, group: number, name: string): string[] {
  const own = splitOf(name);
  if (own === null) return [];
  const names = sql(
    db,
    'SELECT name FROM image JOIN near_member ON near_member.image_num = image.num WHERE near_member.group_num = ? AND image.excluded = 0 ORDER BY num',
  )
    .pluck()
    .all(group);
  return (names as string[]).filter((other) => (splitOf(other) ?? own) !== own);
}
