/** Reads the values of options; what can't be meant is refused with a sentence. */
import { type ImageState, imageStates } from '../../shared/domain/model.ts';
import { type ExportProfile, exportProfiles } from '../../shared/formats/profiles.ts';
import { badInput } from './failure.ts';
import type { Voice } from './terminal.ts';

function choice<T extends string>(voice: Voice, name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === value);
  if (found === undefined) throw badInput('bad-choice', voice.t('cli.bad-choice', { name, value, choices: choices.join(', ') }));
  return found;
}

export const readProfile = (voice: Voice, value: string): ExportProfile => choice(voice, '--profile', value, exportProfiles);

/** `submitted,accepted` */
export const readStates = (voice: Voice, value: string): ImageState[] => [
  ...new Set(value.split(',').map((state) => choice(voice, '--states', state.trim(), imageStates))),
];

/** A number from `min` to `max`; whole where `step` is 1. */
export function readNumber(voice: Voice, name: string, value: string, { min, max, step }: { min: number; max: number; step?: 1 }): number {
  const number = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max) || (step === 1 && !Number.isInteger(number))) {
    throw badInput('bad-number', voice.t('cli.bad-number', { name, value, min, max }));
  }
  return number;
}
