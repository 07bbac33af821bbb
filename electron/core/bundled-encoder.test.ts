import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClient, type Client } from '../../shared/rpc/client.ts';
import { wirePair } from '../../shared/rpc/wire.ts';
import { type Core, createCore } from './core.ts';
import { writeEncoder } from './encoder/testing.ts';
import type { CoreHost } from './host.ts';
import { nodeSpawn } from './media/node-spawn.ts';
import { tempFolder } from './testing/temp-project.ts';

let folder: string;
const cores: Core[] = [];
beforeEach(() => {
  folder = tempFolder();
});
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(program: CoreHost['program'], bundled: string | null): Client {
  const core = createCore({
    program,
    version: '0.0.0-test',
    settingsFolder: path.join(folder, 'home'),
    projectsFolder: folder,
    assetsFolder: folder,
    bundledEncodersFolder: bundled,
    spawn: nodeSpawn,
    log: () => {},
  });
  cores.push(core);
  const { client, server } = wirePair();
  core.connect(server, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'test' });
  return createClient(client);
}
const chosen = async (client: Client) => (await client.call('project.settings', {})).encoder;

test('a project uses the encoder that came with the app until a lead says otherwise, and then what they said', async () => {
  const bundled = path.join(folder, 'bundled');
  writeEncoder(path.join(bundled, 'small'));
  const client = start('desktop', bundled);
  await client.call('project.create', { folder: path.join(folder, 'project'), name: 'A' });
  await vi.waitFor(async () => expect(await chosen(client)).toMatchObject({ autoIndex: true }));
  await client.call('project.configure', { encoder: null });
  await client.call('project.close', {});
  await client.call('project.open', { folder: path.join(folder, 'project') });
  await client.call('encoders.list', {});
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await chosen(client)).toBeNull();
});

test('without one nothing is chosen, and a command chooses nothing', async () => {
  const client = start('desktop', null);
  await client.call('project.create', { folder: path.join(folder, 'project'), name: 'A' });
  await client.call('encoders.list', {});
  expect(await chosen(client)).toBeNull();
});
