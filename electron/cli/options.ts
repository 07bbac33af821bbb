/** Reads the values of options; what can't be meant is refused with a sentence. */
import { readFileSync } from 'node:fs';
import { severities } from '../../shared/domain/lint/rule.ts';
import { type ImageState, imageStates } from '../../shared/domain/model.ts';
import { type AnnotationFormat, annotationFormats, type Unit, units } from '../../shared/formats/imports/record.ts';
import { type ExportProfile, exportProfiles } from '../../shared/formats/profiles.ts';
import { releaseName } from '../../shared/domain/release.ts';
import type { ExportOptions } from '../../shared/formats/options.ts';
import { badInput } from './failure.ts';
import type { Voice } from './terminal.ts';

function choice<T extends string>(voice: Voice, name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === value);
  if (found === undefined) throw badInput('bad-choice', voice.t('cli.bad-choice', { name, value, choices: choices.join(', ') }));
  return found;
}

export const readFormat = (voice: Voice, value: string): AnnotationFormat => choice(voice, '--format', value, annotationFormats);
export const readUnit = (voice: Voice, value: string): Unit => choice(voice, '--points', value, units);

export const readProfile = (voice: Voice, value: string): ExportProfile => choice(voice, '--profile', value, exportProfiles);

/** `submitted,accepted` */
export const readStates = (voice: Voice, value: string): ImageState[] => [
  ...new Set(value.split(',').map((state) => choice(voice, '--states', state.trim(), imageStates))),
];

/** How severe a finding has to be for `lint` to fail. */
export const readFailOn = (voice: Voice, value: string) => choice(voice, '--fail-on', value, [...severities, 'never'] as const);

/** A number from `min` to `max`; whole where `step` is 1. */
export function readNumber(voice: Voice, name: string, value: string, { min, max, step }: { min: number; max: number; step?: 1 }): number {
  const number = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max) || (step === 1 && !Number.isInteger(number))) {
    throw badInput('bad-number', voice.t('cli.bad-number', { name, value, min, max }));
  }
  return number;
}

/** What was typed after `pointillist export`. */
export interface ExportWords {
  readonly profile: string;
  readonly to?: string;
  readonly states: string;
  readonly validationShare: string;
  readonly release?: string;
  readonly people?: string;
  readonly labels?: string;
  readonly abilities?: string;
  readonly humanOnly?: boolean;
  readonly findings: string;
  readonly reference?: boolean;
  readonly maxSide?: string;
  readonly quality: string;
  readonly seed: string;
  readonly keepFolders?: boolean;
  readonly validationList?: string;
}
/** An export as it was asked for; people by the names they are known by. */
export interface ExportRequest extends Omit<ExportOptions, 'people'> {
  readonly profile: ExportProfile;
  readonly to: string | null;
  readonly release: string | null;
  readonly peopleNames: readonly string[] | null;
}

/** `dog,cat`; null where the option was not given. */
const readList = (value: string | undefined): string[] | null =>
  value === undefined
    ? null
    : value
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');

export function readReleaseName(voice: Voice, name: string): string {
  const read = releaseName.safeParse(name);
  if (!read.success) throw badInput('bad-release-name', voice.t('cli.bad-release-name', { name }));
  return read.data;
}

/** A name or sha256 a line. */
function readListFile(voice: Voice, file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw badInput('no-such-path', voice.t('cli.no-such-path', { path: file }));
  }
  const entries = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (entries.length === 0) throw badInput('empty-list', voice.t('cli.empty-list', { path: file }));
  return entries;
}

export function readExport(voice: Voice, words: ExportWords): ExportRequest {
  return {
    profile: readProfile(voice, words.profile),
    to: words.to ?? null,
    release: words.release === undefined ? null : readReleaseName(voice, words.release),
    states: readStates(voice, words.states),
    peopleNames: readList(words.people),
    labels: readList(words.labels),
    abilities: readList(words.abilities),
    findings: choice(voice, '--findings', words.findings, ['stop', 'leave-out', 'take'] as const),
    provenance: words.humanOnly ? 'people' : 'all',
    images: words.reference ? 'reference' : 'copy',
    maxSidePx: words.maxSide === undefined ? null : readNumber(voice, '--max-side', words.maxSide, { min: 32, max: 16_383, step: 1 }),
    quality: readNumber(voice, '--quality', words.quality, { min: 1, max: 100, step: 1 }),
    validationShare: readNumber(voice, '--validation-share', words.validationShare, { min: 0, max: 0.5 }),
    seed: words.seed,
    keepFolders: words.keepFolders ?? false,
    validation: words.validationList === undefined ? null : readListFile(voice, words.validationList),
  };
}
