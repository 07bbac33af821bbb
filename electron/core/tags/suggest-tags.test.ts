import { mkdirSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addPointSet } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { hidesProposals } from '../../../shared/domain/proposal.ts';
import { type Client, createClient } from '../../../shared/rpc/client.ts';
import { wirePair } from '../../../shared/rpc/wire.ts';
import { type Core, createCore } from '../core.ts';
import { fixtureFile, fixtureJson } from '../encoder/test-encoders.ts';
import { nodeSpawn } from '../media/node-spawn.ts';
import { tempFolder } from '../testing/temp-project.ts';

// Processes load graphs, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let core: Core;
let client: Client;
let images: ReadonlyMap<string, string>;

beforeEach(async () => {
  folder = tempFolder();
  core = createCore({
    program: 'cli',
    version: '0.0.0-test',
    settingsFolder: path.join(folder, 'home'),
    projectsFolder: folder,
    assetsFolder: folder,
    bundledEncodersFolder: fixtureFile(),
    spawn: nodeSpawn,
    log: () => {},
  });
  const { client: near, server: far } = wirePair();
  core.connect(far, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'test' });
  client = createClient(near);
  await client.call('project.create', { folder: path.join(folder, 'project'), name: 'Tags' });
  const photos = path.join(folder, 'photos');
  mkdirSync(photos);
  for (let at = 0; at < 10; at++) await copyFile(fixtureFile('shapes-clip', 'scenes', `scene_0${at}.png`), path.join(photos, `${at}.png`));
  const { jobId } = await client.call('images.import', { paths: [photos], mode: 'reference' });
  for await (const job of client.open('jobs.watch', {})) if (job.id === jobId && job.state !== 'running') break;
  const listed = await client.call('images.page', { filter: { text: '' } as never, offset: 0, limit: 50 });
  images = new Map(listed.images.map(({ name, id }) => [path.basename(name), id]));
});
afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

const COLOURS = ['red', 'green', 'blue', 'yellow', 'purple', 'orange', 'white', 'black'];
const KINDS = ['circle', 'square', 'triangle', 'star', 'ring', 'cross'];
const { scenes } = fixtureJson('shapes-clip', 'scenes', 'ground_truth.json') as { scenes: { objects: { colour: string; kind: string }[] }[] };

test('without a chosen encoder or words there are none; with both the things of a scene come first, and nothing of the work changes', async () => {
  const imageId = images.get('0.png')!;
  expect(await client.call('tags.suggest', { imageId })).toEqual({ status: 'none' });
  await client.call('project.configure', { encoder: { id: 'shapes-clip', autoIndex: false } });
  expect(await client.call('tags.suggest', { imageId })).toEqual({ status: 'none' });
  await client.call('project.configure', {
    vocabulary: [...COLOURS.flatMap((colour) => KINDS.map((kind) => `${colour} ${kind}`)), 'purple circle on the left'],
  });
  let right = 0;
  for (let at = 0; at < 10; at++) {
    const found = await client.call('tags.suggest', { imageId: images.get(`${at}.png`)! });
    if (found.status !== 'tags') throw new Error(found.status);
    expect(found.encoder).toBe('shapes-clip');
    // Words of place are not offered.
    expect(found.tags.map(({ word }) => word)).not.toContain('purple circle on the left');
    const { colour, kind } = scenes[at]!.objects[0]!;
    if (found.tags[0]?.word === `${colour} ${kind}`) right++;
  }
  // One object a scene: the encoder's own figure is 90 %.
  expect(right).toBeGreaterThanOrEqual(8);
  const { doc, rev } = await client.call('edits.load', { imageId });
  expect([doc.pointSet, rev]).toEqual([[], 0]);
});

test('labels in use are words too, and on the hidden share nothing is suggested', async () => {
  await client.call('project.configure', { encoder: { id: 'shapes-clip', autoIndex: false } });
  const { me } = await client.call('app.info', {});
  const { colour, kind } = scenes[1]!.objects[0]!;
  const other = images.get('0.png')!;
  await client.call('edits.apply', {
    eventId: newId(),
    imageId: other,
    baseRev: 0,
    groupId: newId(),
    ops: addPointSet(me.id, `${colour} ${kind}`, 'present', newId()),
  });
  const imageId = images.get('1.png')!;
  expect(await client.call('tags.suggest', { imageId })).toMatchObject({ status: 'tags', tags: [{ word: `${colour} ${kind}` }] });
  await client.call('project.configure', { proposals: { hiddenShare: 0.5 } });
  const seed = (await client.call('project.current', {})).id!;
  for (const id of images.values()) {
    const { status } = await client.call('tags.suggest', { imageId: id });
    expect(status).toBe(hidesProposals(id, seed, 0.5) ? 'hidden' : 'tags');
  }
});
