/** The commands, their arguments and their help. What a command does is loaded when it runs, so that help and a typing error cost nothing. */
import { Command, type CommanderError, Option } from 'commander';
import { imageStates } from '../../shared/domain/model.ts';
import { annotationFormats, units } from '../../shared/formats/imports/record.ts';
import { exportProfiles } from '../../shared/formats/profiles.ts';
import { badInput, type Failure } from './failure.ts';
import { type ExportWords, readExport, readNumber, readReleaseName, readFailOn, readFormat, readUnit } from './options.ts';
import type { Run, Terminal, Voice } from './terminal.ts';

export const DEFAULT_PORT = 4747;
interface Shared {
  readonly json?: boolean;
}

/** The program for one run of it. `version` is only asked for when it is to be shown. */
export function createProgram(terminal: Terminal, voice: Voice, version: string): Command {
  const { t } = voice;
  const titles: Record<string, string> = {
    'Usage:': t('cli.usage-title'),
    'Arguments:': t('cli.arguments-title'),
    'Options:': t('cli.options-title'),
    'Commands:': t('cli.commands-title'),
  };
  const program = new Command('pointillist')
    .description(t('cli.about'))
    .version(version, '-V, --version', t('cli.version-option'))
    .helpOption('-h, --help', t('cli.help-option'))
    .helpCommand('help [command]', t('cli.help-command'))
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: () => {}, getOutHelpWidth: () => terminal.columns ?? 100 })
    .exitOverride();
  const run = (options: Shared): Run => ({ terminal, voice, json: options.json ?? false });
  const add = (usage: string, about: string) =>
    program
      .command(usage)
      .description(about)
      .helpOption('-h, --help', t('cli.help-option'))
      .option('--json', t('cli.json-option'))
      .option('--lang <language>', t('cli.lang-option'))
      .configureHelp({ styleTitle: (title) => titles[title] ?? title })
      .exitOverride();

  add('new', t('cli.new-about'))
    .argument('<folder>', t('cli.new-folder'))
    .option('--name <name>', t('cli.new-name'))
    .action(async (folder: string, options: Shared & { name?: string }) => (await import('./commands/new.ts')).newProject(run(options), folder, options));
  add('import', t('cli.import-about'))
    .argument('<project>', t('cli.project-argument'))
    .argument('<paths...>', t('cli.import-paths'))
    .option('--copy', t('cli.import-copy'))
    .option('--images-only', t('cli.import-images-only'))
    .option('--format <format>', t('cli.import-format', { formats: annotationFormats.join(', ') }))
    .option('--points <unit>', t('cli.import-points', { units: units.join(', ') }))
    .action(async (project: string, paths: string[], options: Shared & { copy?: boolean; imagesOnly?: boolean; format?: string; points?: string }) => {
      const choices = {
        copy: options.copy ?? false,
        imagesOnly: options.imagesOnly ?? false,
        format: options.format === undefined ? null : readFormat(voice, options.format),
        points: options.points === undefined ? null : readUnit(voice, options.points),
      };
      await (await import('./commands/import.ts')).importImages(run(options), project, paths, choices);
    });
  add('status', t('cli.status-about'))
    .argument('<project>', t('cli.project-argument'))
    .action(async (project: string, options: Shared) => (await import('./commands/status.ts')).showStatus(run(options), project));
  add('export', t('cli.export-about'))
    .argument('<project>', t('cli.project-argument'))
    .requiredOption('--profile <profile>', t('cli.export-profile', { profiles: exportProfiles.join(', ') }))
    .option('--out, --to <folder>', t('cli.export-to'))
    .option('--states <states>', t('cli.export-states', { states: imageStates.join(', ') }), 'submitted,accepted')
    .option('--validation-share <share>', t('cli.export-share'), '0.05')
    .option('--release <name>', t('cli.export-release'))
    .option('--people <names>', t('cli.export-people'))
    .option('--labels <labels>', t('cli.export-labels'))
    .option('--abilities <abilities>', t('cli.export-abilities'))
    .option('--human-only', t('cli.export-human-only'))
    .option('--findings <what>', t('cli.export-findings'), 'stop')
    .option('--reference', t('cli.export-reference'))
    .option('--max-side <pixels>', t('cli.export-max-side'))
    .option('--quality <number>', t('cli.export-quality'), '95')
    .option('--seed <seed>', t('cli.export-seed'), '')
    .option('--keep-folders', t('cli.export-keep-folders'))
    .option('--validation-list <file>', t('cli.export-validation-list'))
    .action(async (project: string, options: Shared & ExportWords) =>
      (await import('./commands/export.ts')).exportData(run(options), project, readExport(voice, options)),
    );
  add('releases', t('cli.releases-about'))
    .argument('<project>', t('cli.project-argument'))
    .action(async (project: string, options: Shared) => (await import('./commands/releases.ts')).showReleases(run(options), project));
  add('release', t('cli.release-about'))
    .argument('<project>', t('cli.project-argument'))
    .argument('<name>', t('cli.release-name'))
    .option('--note <text>', t('cli.release-note'), '')
    .action(async (project: string, name: string, options: Shared & { note: string }) =>
      (await import('./commands/releases.ts')).makeRelease(run(options), project, readReleaseName(voice, name), options.note),
    );
  add('diff', t('cli.diff-about'))
    .argument('<project>', t('cli.project-argument'))
    .argument('<from>', t('cli.diff-from'))
    .argument('[to]', t('cli.diff-to'))
    .action(async (project: string, from: string, to: string | undefined, options: Shared) =>
      (await import('./commands/releases.ts')).diffProject(
        run(options),
        project,
        readReleaseName(voice, from),
        to === undefined ? null : readReleaseName(voice, to),
      ),
    );
  add('package', t('cli.package-about'))
    .argument('<project>', t('cli.project-argument'))
    .requiredOption('--out, --to <folder>', t('cli.package-to'))
    .requiredOption('--people <names>', t('cli.package-people'))
    .option('--reference', t('cli.package-reference'))
    .action(async (project: string, options: Shared & { to: string; people: string; reference?: boolean }) =>
      (await import('./commands/teamwork.ts')).makePackages(run(options), project, options),
    );
  add('unpack', t('cli.unpack-about'))
    .argument('<file>', t('cli.unpack-file'))
    .action(async (file: string, options: Shared) => (await import('./commands/teamwork.ts')).unpack(run(options), file));
  add('hand-in', t('cli.hand-in-about'))
    .argument('<project>', t('cli.project-argument'))
    .requiredOption('--out, --to <folder>', t('cli.hand-in-to'))
    .action(async (project: string, options: Shared & { to: string }) => (await import('./commands/teamwork.ts')).handIn(run(options), project, options.to));
  add('merge', t('cli.merge-about'))
    .argument('<project>', t('cli.project-argument'))
    .argument('<paths...>', t('cli.merge-paths'))
    .action(async (project: string, paths: string[], options: Shared) => (await import('./commands/teamwork.ts')).mergeCopies(run(options), project, paths));
  add('verify', t('cli.verify-about'))
    .argument('<folder>', t('cli.verify-folder'))
    .action(async (folder: string, options: Shared) => (await import('./commands/verify.ts')).verifyFolder(run(options), folder));
  add('lint', t('cli.lint-about'))
    .argument('<project>', t('cli.project-argument'))
    .option('--fail-on <severity>', t('cli.lint-fail-on'), 'error')
    .action(async (project: string, options: Shared & { failOn: string }) =>
      (await import('./commands/lint.ts')).lintProject(run(options), project, readFailOn(voice, options.failOn)),
    );
  add('evaluate', t('cli.evaluate-about'))
    .argument('<project>', t('cli.project-argument'))
    .option('--encoder <id>', t('cli.evaluate-encoder'))
    .action(async (project: string, options: Shared & { encoder?: string }) =>
      (await import('./commands/evaluate.ts')).evaluateEncoder(run(options), project, options),
    );
  add('serve', t('cli.serve-about'))
    .argument('<project>', t('cli.project-argument'))
    .option('--port <port>', t('cli.serve-port'), String(DEFAULT_PORT))
    .option('--host <address>', t('cli.serve-host'), '127.0.0.1')
    .addOption(new Option('--allow-network', t('cli.serve-network')))
    .action(async (project: string, options: Shared & { port: string; host: string; allowNetwork?: boolean }) => {
      const port = readNumber(voice, '--port', options.port, { min: 0, max: 65_535, step: 1 });
      await (
        await import('./commands/serve.ts')
      ).serveProject(run(options), project, { port, host: options.host, allowNetwork: options.allowNetwork ?? false });
    });
  return program;
}

/** A misunderstanding between commander and the person as a sentence; null where it is the end of `--help` or `--version`. */
export function usageFailure(error: CommanderError, command: string, voice: Voice): Failure | null {
  const name = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const say = (key: 'missing-argument' | 'unknown-option' | 'unknown-command' | 'option-without-value' | 'excess-argument') =>
    badInput(key, voice.t(`cli.${key}`, { name: key === 'missing-argument' ? `<${name}>` : name, command }).replaceAll('  ', ' '));
  switch (error.code) {
    case 'commander.helpDisplayed':
    case 'commander.version':
      return null;
    case 'commander.help':
      // Commander shows the help where no command is given; a script that forgot it should not take that for success.
      return error.exitCode === 0 ? null : badInput('missing-command', voice.t('cli.missing-command'));
    case 'commander.missingArgument':
      return say('missing-argument');
    case 'commander.missingMandatoryOptionValue':
      return badInput('missing-argument', voice.t('cli.missing-argument', { name, command }));
    case 'commander.unknownOption':
      return say('unknown-option');
    case 'commander.unknownCommand':
      return say('unknown-command');
    case 'commander.optionMissingArgument':
      return say('option-without-value');
    case 'commander.excessArguments':
      return say('excess-argument');
    default:
      return badInput('usage-other', voice.t('cli.usage-other', { message: error.message }));
  }
}
