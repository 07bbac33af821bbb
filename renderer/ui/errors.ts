/** What went wrong, as a sentence in the person's language that says what to do. */
import i18next from 'i18next';
import { toAppError } from '../../shared/rpc/errors.ts';
import { toast } from './toasts.ts';

/** The sentence of any thrown value: by its key where there is one in the translations, else by its code. */
export function errorSentence(thrown: unknown): string {
  const error = toAppError(thrown);
  const { key, ...details } = error.details;
  return sentenceOf(typeof key === 'string' ? key : null, error.code, details, error.message);
}

/** The same for an error that was stored as plain data, as a job's is. */
export function sentenceOf(key: string | null, code: string, details: Readonly<Record<string, unknown>>, message: string): string {
  const keys = [...(key ? [`errors.${key}`] : []), `errors.code-${code}`, 'errors.code-internal'];
  const found = keys.find((candidate) => i18next.exists(candidate)) ?? 'errors.code-internal';
  return i18next.t(found as 'errors.code-internal', { ...details, message });
}

/** Shows the sentence as a notice; nothing for what the person cancelled. */
export function toastError(thrown: unknown): void {
  if (toAppError(thrown).code !== 'cancelled') toast('bad', errorSentence(thrown));
}
