/** The commands, their arguments and their help. What a command does is loaded when it runs, so that help and a typing error cost nothing. */
import { Command, type CommanderError, Option } from 'commander';
import { imageStates } from '../../shared/domain/model.ts';
import { exportProfiles } from '../../shared/formats/profiles.ts';
import { badInput, type Failure } from './failure.ts';
import { readNumber, readProfile, readStates } from './options.ts';
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
    .action(async (project: string, paths: string[], options: Shared & { copy?: boolean }) =>
      (await import('./commands/import.ts')).importImages(run(options), project, paths, options),
    );
  add('status', t('cli.status-about'))
    .argument('<project>', t('cli.project-argument'))
    .action(async (project: string, options: Shared) => (await import('./commands/status.ts')).showStatus(run(options), project));
  add('export', t('cli.export-about'))
    .argument('<project>', t('cli.project-argument'))
    .requiredOption('--profile <profile>', t('cli.export-profile', { profiles: exportProfiles.join(', ') }))
    .option('--to <folder>', t('cli.export-to'))
    .option('--states <states>', t('cli.export-states', { states: imageStates.join(', ') }), 'submitted,accepted')
    .option('--validation-share <share>', t('cli.export-share'), '0.05')
    .action(async (project: string, options: Shared & { profile: string; to?: string; states: string; validationShare: string }) => {
      const chosen = {
        profile: readProfile(voice, options.profile),
        states: readStates(voice, options.states),
        validationShare: readNumber(voice, '--validation-share', options.validationShare, { min: 0, max: 0.5 }),
        ...(options.to !== undefined && { to: options.to }),
      };
      await (await import('./commands/export.ts')).exportData(run(options), project, chosen);
    });
  add('verify', t('cli.verify-about'))
    .argument('<folder>', t('cli.verify-folder'))
    .action(async (folder: string, options: Shared) => (await import('./commands/verify.ts')).verifyFolder(run(options), folder));
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
