/** A core in this process, as the command line has it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCore } from '../../electron/core/core.ts';
import { bundledEncodersFolder } from '../../electron/core/folders.ts';
import { nodeSpawn } from '../../electron/core/media/node-spawn.ts';
import { createClient, type Client } from '../../shared/rpc/client.ts';
import { wirePair } from '../../shared/rpc/wire.ts';

export interface BenchCore {
  readonly client: Client;
  readonly folder: string;
  /** Waits for the end of a job. */
  finish(jobId: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a new project in this folder, or in a temporary one that goes when it is closed. */
export async function benchCore(projectFolder?: string): Promise<BenchCore> {
  const home = mkdtempSync(path.join(tmpdir(), 'pointillist-bench-'));
  const core = createCore({
    program: 'cli',
    version: 'bench',
    settingsFolder: path.join(home, 'settings'),
    projectsFolder: path.join(home, 'projects'),
    assetsFolder: path.resolve(import.meta.dirname, '../../assets'),
    bundledEncodersFolder: bundledEncodersFolder(path.resolve(import.meta.dirname, '../..')),
    spawn: nodeSpawn,
    log: (message, thrown) => console.error(message, thrown ?? ''),
  });
  const { client: wire, server } = wirePair();
  core.connect(server, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'bench' });
  const client = createClient(wire);
  const folder = projectFolder ?? path.join(home, 'projects', 'bench');
  await client.call('project.create', { folder, name: 'bench' });
  return {
    client,
    folder,
    finish: async (jobId) => {
      for (;;) {
        const job = (await client.call('jobs.list', {})).find(({ id }) => id === jobId);
        if (job && job.state === 'done') return;
        if (job && job.state !== 'running') throw new Error(`${job.kind}: ${job.state} ${job.error?.message ?? ''}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    close: async () => {
      await core.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
