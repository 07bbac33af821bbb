/** Where errors become sentences; screens import it from ui/. */
export { errorSentence, sentenceOf, toastError } from '../ui/errors.ts';
