import { existsSync } from 'node:fs';
import { createPageHandler } from '../../media/pages.ts';
import { isLoopback } from '../../server/addresses.ts';
import { type RunningServer, startServer } from '../../server/server.ts';
import { badInput, exitCodes, Failure } from '../failure.ts';
import { appFolder, withProject } from '../session.ts';
import { report, type Run } from '../terminal.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly allowNetwork: boolean;
}

/** `pointillist serve <project>`: gives the app to browsers until it is told to stop. */
export async function serveProject(run: Run, folder: string, options: ServeOptions): Promise<void> {
  const { voice, terminal } = run;
  if (!isLoopback(options.host)) {
    if (!options.allowNetwork) throw badInput('not-loopback', voice.t('cli.not-loopback', { host: options.host }));
    voice.note(voice.t('cli.network-warning'));
  }
  const built = terminal.env['POINTILLIST_PAGES'] ?? `${appFolder}dist/renderer`;
  if (!existsSync(`${built}/index.html`)) throw new Failure(exitCodes.failed, 'not-built', voice.t('cli.not-built'));
  await withProject(
    run,
    folder,
    async ({ core, project }) => {
      const server = await start(run, options, { core, pages: createPageHandler(built) });
      const { url, port } = server;
      report(run, { url, host: options.host, port, project }, [voice.t('cli.serving', { name: project.name }), `  ${url}`]);
      voice.note(voice.t('cli.serving-hint'));
      await new Promise<void>((resolve) => {
        if (terminal.signal.aborted) resolve();
        else terminal.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await server.close();
    },
    'server',
  );
  voice.note(voice.t('cli.server-stopped'));
}

async function start(run: Run, { host, port }: ServeOptions, rest: Pick<Parameters<typeof startServer>[0], 'core' | 'pages'>): Promise<RunningServer> {
  try {
    return await startServer({ host, port, ...rest });
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    if (code === 'EADDRINUSE') throw new Failure(exitCodes.failed, 'port-taken', run.voice.t('cli.port-taken', { port }));
    if (code === '') throw thrown;
    throw new Failure(exitCodes.failed, 'cannot-listen', run.voice.t('cli.cannot-listen', { host, reason: code }));
  }
}
