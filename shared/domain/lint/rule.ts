/**
 * What a rule over people's work is. Rules are pure, deterministic and total: the same document and context always give the same findings, and no
 * document makes one throw. They judge nothing by themselves: a person fixes a finding, or dismisses it with a reason.
 */
import { z } from 'zod';
import type { ImageFormat } from '../image.ts';
import type { Doc } from '../model.ts';
import type { Op } from '../ops.ts';
import type { TextOrigin } from '../text-origin.ts';

/** `error`: the data is wrong or breaks a reader. `warning`: most likely wrong. `hint`: worth a look. */
export const severities = ['error', 'warning', 'hint'] as const;
export type Severity = (typeof severities)[number];
/** What a finding holds back until it is fixed or dismissed: handing the image in, or exporting it. */
export const blockings = ['submit', 'export', 'never'] as const;
export type Blocking = (typeof blockings)[number];
export const lintGroups = ['points', 'questions', 'texts', 'contradictions', 'images'] as const;
export type LintGroup = (typeof lintGroups)[number];
export type SubjectKind = 'image' | 'caption' | 'turn' | 'pointSet';

export const ruleCode = z.string().regex(/^[a-z][a-z-]{2,40}$/);
/** What a lead decides on rules; a rule that is not named has its defaults. */
export const lintSettingsSchema = z.strictObject({
  /** Rules that are switched on or off otherwise than they come, and what they block. */
  rules: z.record(ruleCode, z.strictObject({ on: z.boolean().optional(), blocks: z.enum(blockings).optional() })),
  /** Captions of fewer words (CJK: characters) are short; 0 asks nothing. */
  wordMinimum: z.int().min(0).max(5000),
  /** Share of "yes" among the answers to yes-or-no questions above which the set is said to lean. */
  yesShare: z.number().min(0.5).max(1),
  /** Points of one label that are closer than this, in percent of the image's diagonal, are most likely one thing pointed at twice. */
  nearPct: z.number().min(0).max(10),
  /** Share of a text that was pasted from which on it is worth a look. */
  pastedShare: z.number().min(0.1).max(1),
});
export type LintSettings = z.infer<typeof lintSettingsSchema>;
/** 30 words is a fifth of what PixMo asks for; 0.5 % of the diagonal is 8 pixels in a photo of 1,280 by 960. */
export const defaultLintSettings: LintSettings = { rules: {}, wordMinimum: 30, yesShare: 0.7, nearPct: 0.5, pastedShare: 0.8 };

/** What rules know beside the document. Everything that is not known has a value that lets no rule fire. */
export interface LintContext {
  readonly settings: LintSettings;
  /** Codes of the languages that the dataset is said to be written in; empty where nothing is said. */
  readonly languages: readonly string[];
  readonly image: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly orientation: number;
    readonly format: ImageFormat;
    /** A browser can't show the file upright as it is (CMYK, 16 bit, several pages, HEIC, TIFF): a rendition is shown. */
    readonly needsRendition: boolean;
    /** What was found when the file was last looked for. */
    readonly file: 'there' | 'missing' | 'changed';
  };
  /** Names of near-duplicates that lie in a folder of another split (train, val, test) than this image. */
  readonly nearInOtherSplit: readonly string[];
  /** Share of "yes" among the project's answers to yes-or-no questions; null below 20 of them. */
  readonly yesShare: number | null;
  /** Beginnings that stand before too many of the project's answers. */
  readonly commonOpenings: ReadonlySet<string>;
  readonly origins: ReadonlyMap<string, TextOrigin>;
}

export interface LintFinding {
  readonly code: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  /** Where in the subject's text or label, in UTF-16 offsets. */
  readonly start?: number;
  readonly end?: number;
  /** What the sentence names: labels, words, numbers. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The other row that it is about: a label whose points contradict the text. */
  readonly otherId?: string;
}
export interface LintRule {
  readonly code: string;
  readonly group: LintGroup;
  readonly severity: Severity;
  readonly blocks: Blocking;
  /** Off until a lead switches it on: it suits few projects. */
  readonly offByDefault?: true;
  /** Not shown beside the text while somebody writes: it is about what is unfinished, or about the project. */
  readonly quiet?: true;
  check(doc: Doc, context: LintContext): LintFinding[];
  /** Ops that settle one finding of this document; none where it is not safe. */
  fix?(doc: Doc, finding: LintFinding): Op[];
}

/** Whether the rule is asked in this project. */
export const isOn = (rule: LintRule, settings: LintSettings): boolean => settings.rules[rule.code]?.on ?? rule.offByDefault !== true;
/** What its findings hold back in this project. */
export const blocksOf = (rule: LintRule, settings: LintSettings): Blocking => settings.rules[rule.code]?.blocks ?? rule.blocks;
