/** One run of the command line, from its words to its exit code. */
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { type Locale, locales, pickLocale } from '../../shared/i18n/catalogue.ts';
import { badInput, type ExitCode, exitCodes, type Failure, toFailure } from './failure.ts';
import { createProgram, usageFailure } from './program.ts';
import { createVoice, type Terminal, type Voice } from './terminal.ts';

/** Runs the words after the program's name. Never throws. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const wish = wishedLanguage(words);
  const locale = locales.find((one) => one === wish) ?? localeOf(terminal.env);
  const voice = createVoice(terminal, locale);
  try {
    if (wish !== undefined && !locales.some((one) => one === wish)) {
      throw badInput('bad-choice', voice.t('cli.bad-choice', { name: '--lang', value: wish, choices: locales.join(', ') }));
    }
    await createProgram(terminal, voice, readVersion()).parseAsync(withoutLeadingLanguage(words), { from: 'user' });
    return exitCodes.done;
  } catch (thrown) {
    const failure =
      thrown instanceof CommanderError ? usageFailure(thrown, words.find((word) => !word.startsWith('-')) ?? '', voice) : toFailure(thrown, voice);
    return failure === null ? exitCodes.done : tell(failure, words, terminal, voice);
  }
}

function tell(failure: Failure, words: readonly string[], terminal: Terminal, voice: Voice): ExitCode {
  voice.note(failure.message);
  // The command has written its own document where it found problems.
  if (words.includes('--json') && failure.key !== 'problems') {
    terminal.out(`${JSON.stringify({ error: { key: failure.key, message: failure.message, exitCode: failure.exitCode } }, null, 2)}\n`);
  }
  return failure.exitCode;
}

/** Looked up before the command line is understood, so that a misunderstanding is told in this language too. */
function wishedLanguage(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (index < 0) return undefined;
  return words[index]!.startsWith('--lang=') ? words[index]!.slice('--lang='.length) : words[index + 1];
}

/** `pointillist --lang ja status …`: the option belongs to every command, so it may stand before it too. */
function withoutLeadingLanguage(words: readonly string[]): string[] {
  if (words[0] === '--lang') return words.slice(2);
  return words[0]?.startsWith('--lang=') ? words.slice(1) : [...words];
}

function localeOf(env: Terminal['env']): Locale {
  const spoken = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value);
  return pickLocale('system', spoken ? [spoken] : []);
}

function readVersion(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}
