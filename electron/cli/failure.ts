/** How a command ends when it can't do what was asked: one sentence and an exit code. */
import { type Key, translate } from '../../shared/i18n/catalogue.ts';
import { type AppError, toAppError } from '../../shared/rpc/errors.ts';
import type { Voice } from './terminal.ts';

/** Everything was done; something failed or was found wrong; the command can't be understood or names what is not there; Ctrl+C. */
export const exitCodes = { done: 0, failed: 1, badInput: 2, cancelled: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Thrown where the sentence is known already. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  /** For programs that read `--json`. */
  readonly key: string;
  constructor(exitCode: ExitCode, key: string, sentence: string) {
    super(sentence);
    this.name = 'Failure';
    this.exitCode = exitCode;
    this.key = key;
  }
}

export const badInput = (key: string, sentence: string): Failure => new Failure(exitCodes.badInput, key, sentence);

/** Any thrown value as a failure with its sentence. */
export function toFailure(thrown: unknown, voice: Voice): Failure {
  if (thrown instanceof Failure) return thrown;
  const error = toAppError(thrown);
  const key = typeof error.details['key'] === 'string' ? error.details['key'] : `code-${error.code}`;
  return new Failure(exitCodeOf(error, key), key, sentenceOf(error.code, key, { ...error.details, message: error.message }, voice));
}

/** The sentence of an error's key; that of its code where the key has none. */
export function sentenceOf(code: AppError['code'], key: string, details: Readonly<Record<string, unknown>>, voice: Voice): string {
  const full = `errors.${key}` as Key;
  const sentence = translate(voice.locale, full, details);
  return sentence === full ? voice.t(`errors.code-${code}`, details) : sentence;
}

function exitCodeOf(error: AppError, key: string): ExitCode {
  if (error.code === 'cancelled') return exitCodes.cancelled;
  // The name was right; what is behind it is not.
  if (key === 'damaged' || key === 'newer-file' || key === 'not-an-export') return exitCodes.failed;
  return error.code === 'invalid' || error.code === 'not-found' || error.code === 'conflict' ? exitCodes.badInput : exitCodes.failed;
}
