/** What a command knows of where it runs. Tests bring one of their own. */
import { type Key, type Locale, translate } from '../../shared/i18n/catalogue.ts';

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl+C and by a request to end. */
  readonly signal: AbortSignal;
  /** Width of the terminal behind standard error, or null where it is a file or a pipe. */
  readonly columns: number | null;
  out(text: string): void;
  err(text: string): void;
}

/** Says things in one language, on the right stream. */
export interface Voice {
  readonly locale: Locale;
  t(key: Key, values?: Readonly<Record<string, unknown>>): string;
  number(value: number): string;
  /** A line on standard output. */
  line(text: string): void;
  /** A line on standard error: what is not the result. */
  note(text: string): void;
}

export function createVoice(terminal: Terminal, locale: Locale): Voice {
  const format = new Intl.NumberFormat(locale);
  return {
    locale,
    t: (key, values) => translate(locale, key, values),
    number: (value) => format.format(value),
    line: (text) => terminal.out(`${text}\n`),
    note: (text) => terminal.err(`${text}\n`),
  };
}

/** What every command is given. */
export interface Run {
  readonly terminal: Terminal;
  readonly voice: Voice;
  readonly json: boolean;
}

/** The result of a command: one document with `--json`, else lines for people. */
export function report(run: Run, document: unknown, lines: readonly string[]): void {
  if (run.json) run.terminal.out(`${JSON.stringify(document, null, 2)}\n`);
  else for (const line of lines) run.voice.line(line);
}
