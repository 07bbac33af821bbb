/** A core of this command's own, with a project open in it, behind the same door as everywhere. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Holder } from '../../shared/domain/project.ts';
import type { Key } from '../../shared/i18n/catalogue.ts';
import { type Client, createClient } from '../../shared/rpc/client.ts';
import type { Opened, OpenResult } from '../../shared/rpc/contract.ts';
import { wirePair } from '../../shared/rpc/wire.ts';
import { type Core, createCore } from '../core/core.ts';
import { bundledEncodersFolder, projectsFolder, settingsFolder } from '../core/folders.ts';
import type { CoreHost } from '../core/host.ts';
import { nodeSpawn } from '../core/media/node-spawn.ts';
import { exitCodes, Failure } from './failure.ts';
import type { Run, Voice } from './terminal.ts';

/** The folder that holds package.json, assets and dist. */
export const appFolder = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

export interface Session {
  readonly core: Core;
  /** Calls the core as the person at this machine. */
  readonly client: Client;
}

/** Runs `work` with a core and closes it after, whatever happens. */
export async function withCore<T>(run: Run, program: CoreHost['program'], work: (session: Session) => Promise<T>): Promise<T> {
  const { env } = run.terminal;
  const core = createCore({
    program,
    version,
    settingsFolder: settingsFolder(env),
    projectsFolder: projectsFolder(env),
    assetsFolder: `${appFolder}assets`,
    bundledEncodersFolder: bundledEncodersFolder(appFolder),
    spawn: nodeSpawn,
    log: (message, thrown) => {
      if (env['POINTILLIST_DEBUG']) run.voice.note(`${message}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    },
  });
  const { client, server } = wirePair();
  core.connect(server, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'cli' });
  try {
    return await work({ core, client: createClient(client) });
  } finally {
    await core.close();
    client.close();
  }
}

/** Runs `work` with this project open. Says on standard error what a person should know of the folder. */
export function withProject<T>(
  run: Run,
  folder: string,
  work: (session: Session & { project: OpenResult['project'] }) => Promise<T>,
  program: CoreHost['program'] = 'cli',
): Promise<T> {
  return withCore(run, program, async (session) => {
    const { project, backup } = opened(await session.client.call('project.open', { folder }), run.voice);
    if (backup) run.voice.note(run.voice.t('cli.backup', { path: backup }));
    if (project.risky) run.voice.note(run.voice.t('cli.risky', { folder: project.folder }));
    return work({ ...session, project });
  });
}

/** The open project, or a failure that says who has it. */
export function opened(outcome: Opened, voice: Voice): OpenResult {
  if (outcome.status === 'opened') return outcome;
  throw new Failure(exitCodes.failed, 'held', heldSentence(outcome.holder, voice));
}

function heldSentence(holder: Holder, voice: Voice): string {
  if (holder.since === 0) return voice.t('cli.held-unknown');
  const since = new Intl.DateTimeFormat(voice.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(holder.since);
  return voice.t('cli.held', { ...holder, since, program: voice.t(`cli.program-${holder.program}` satisfies Key) });
}
