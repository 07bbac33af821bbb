import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCaption } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { type Client, createClient } from '../../shared/rpc/client.ts';
import { wirePair } from '../../shared/rpc/wire.ts';
import { type Core, createCore } from './core.ts';
import { DATABASE_FILE, openDatabase } from './db/open.ts';
import { nodeSpawn } from './media/node-spawn.ts';
import { isPassphrase, keepPassphrase } from './people.ts';
import { addImageRow, tempFolder } from './testing/temp-project.ts';

let folder: string;
let core: Core;
let client: Client;
const project = () => path.join(folder, 'project');

/** A core on a machine of this name, with a client. */
function start(machine = 'home', program: 'desktop' | 'cli' = 'desktop'): void {
  core = createCore({
    program,
    version: '0.0.0-test',
    settingsFolder: path.join(folder, machine),
    projectsFolder: folder,
    assetsFolder: folder,
    bundledEncodersFolder: null,
    spawn: nodeSpawn,
    log: console.error,
  });
  const { client: near, server: far } = wirePair();
  core.connect(far, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'test' });
  client = createClient(near);
}
async function restart(machine = 'home', program: 'desktop' | 'cli' = 'desktop'): Promise<void> {
  await core.close();
  start(machine, program);
  await client.call('project.open', { folder: project() });
}
const me = async () => (await client.call('app.info', {})).me;
const failure = async (call: Promise<unknown>) =>
  (await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )) as { details: { key: string } } | null;

beforeEach(async () => {
  folder = tempFolder();
  start();
  await client.call('project.create', { folder: project(), name: 'Team' });
});
afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

test('whoever makes a project leads it, and is alone in it', async () => {
  expect(await me()).toMatchObject({ role: 'lead', guarded: false, locked: false });
  expect(await client.call('people.list', {})).toEqual([{ id: (await me()).id, name: (await me()).name, role: 'lead', active: true, guarded: false }]);
});

test('a person who takes over writes under their own name, and is remembered on this machine', async () => {
  const ben = await client.call('people.add', { name: 'Ben' });
  const { db } = openDatabase(project(), false);
  const imageId = addImageRow(db);
  db.close();
  expect(await client.call('people.become', { personId: ben.id })).toMatchObject({ status: 'done', me: { name: 'Ben', role: 'annotator' } });
  const say = (by: string) => client.call('edits.apply', { eventId: newId(), imageId, baseRev: 0, groupId: newId(), ops: addCaption(by, 'Two dogs.') });
  expect(await say(ben.id)).toMatchObject({ status: 'saved' });
  expect((await client.call('edits.history', { imageId })).map(({ userId }) => userId)).toEqual([ben.id]);
  await restart();
  expect(await me()).toMatchObject({ id: ben.id, role: 'annotator' });
  // The command line works for whoever has the folder.
  await restart('home', 'cli');
  expect(await me()).toMatchObject({ role: 'lead' });
});

test('a passphrase is asked for when one takes over and after a restart; until then nothing can be changed', async () => {
  const lead = await me();
  await client.call('people.guard', { personId: lead.id, passphrase: 'open sesame' });
  const ben = await client.call('people.add', { name: 'Ben' });
  await client.call('people.become', { personId: ben.id });
  expect(await client.call('people.become', { personId: lead.id, passphrase: 'wrong one' })).toEqual({ status: 'wrong-passphrase' });
  expect(await client.call('people.become', { personId: lead.id })).toEqual({ status: 'wrong-passphrase' });
  expect(await client.call('people.become', { personId: lead.id, passphrase: 'open sesame' })).toMatchObject({ status: 'done', me: { role: 'lead' } });
  await restart();
  expect(await me()).toMatchObject({ id: lead.id, role: null, locked: true });
  expect((await failure(client.call('project.configure', { guide: undefined })))!.details.key).toBe('person-locked');
  expect((await failure(client.call('people.rename', { name: 'Mallory' })))!.details.key).toBe('person-locked');
  expect((await failure(client.call('people.guard', { personId: lead.id, passphrase: null })))!.details.key).toBe('person-locked');
  await client.call('people.become', { personId: lead.id, passphrase: 'open sesame' });
  expect(await me()).toMatchObject({ role: 'lead', locked: false });
});

test('the passphrase itself is nowhere in the project or the settings', async () => {
  await client.call('people.guard', { personId: (await me()).id, passphrase: 'open sesame' });
  await core.close();
  for (const file of [path.join(project(), DATABASE_FILE), path.join(folder, 'home', 'profile.json')])
    expect(readFileSync(file).includes('open sesame')).toBe(false);
  start();
});

test('the same passphrase is kept differently each time, and told from another one', async () => {
  const [one, two] = [await keepPassphrase('pässphräse'), await keepPassphrase('pässphräse')];
  expect(one).not.toBe(two);
  expect([await isPassphrase('pa\u0308ssphra\u0308se', one), await isPassphrase('passphrase', one), await isPassphrase('x', 'broken')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('only leads add and change people, and the last of them stays', async () => {
  const lead = await me();
  const ben = await client.call('people.add', { name: 'Ben', role: 'reviewer' });
  for (const change of [{ role: 'annotator' as const }, { active: false }]) {
    expect((await failure(client.call('people.change', { personId: lead.id, ...change })))!.details.key).toBe('last-lead');
  }
  await client.call('people.become', { personId: ben.id });
  expect((await failure(client.call('people.change', { personId: ben.id, role: 'lead' })))!.details.key).toBe('leads-only');
  expect((await failure(client.call('people.add', { name: 'Cleo' })))!.details.key).toBe('leads-only');
  expect((await failure(client.call('people.guard', { personId: lead.id, passphrase: 'mine now' })))!.details.key).toBe('own-passphrase');
  await client.call('people.become', { personId: lead.id });
  await client.call('people.change', { personId: ben.id, active: false });
  expect((await failure(client.call('people.become', { personId: ben.id })))!.details.key).toBe('person-inactive');
});

test('until there are roles whoever opens the project leads it; then a new machine’s person annotates, and can take over for a lead without a passphrase', async () => {
  const lead = await me();
  await restart('laptop');
  expect(await me()).toMatchObject({ role: 'lead' });
  await client.call('people.add', { name: 'Ben' });
  await restart('office');
  expect(await me()).toMatchObject({ role: 'annotator' });
  expect(await client.call('people.become', { personId: lead.id })).toMatchObject({ me: { role: 'lead' } });
});
