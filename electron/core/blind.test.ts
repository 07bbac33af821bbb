/**
 * What a blind annotator can tell of others' work, asked of every method: two copies of a project, one of which holds a secret of another person, answer
 * alike. A method that is new has to say here how it is asked, or why it tells nothing.
 */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { addCaption, addPoint, addPointSet, addThread, setText } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Doc } from '../../shared/domain/model.ts';
import type { Op } from '../../shared/domain/ops.ts';
import * as review from '../../shared/domain/review.ts';
import { type Client, createClient } from '../../shared/rpc/client.ts';
import { contract, type Contract } from '../../shared/rpc/contract.ts';
import { toAppError } from '../../shared/rpc/errors.ts';
import { methodActions } from '../../shared/rpc/method-actions.ts';
import { wirePair } from '../../shared/rpc/wire.ts';
import { type Core, createCore } from './core.ts';
import { putDraft } from './db/drafts.ts';
import { openDatabase } from './db/open.ts';
import { fixtureFile } from './encoder/test-encoders.ts';
import { nodeSpawn } from './media/node-spawn.ts';
import { tempFolder } from './testing/temp-project.ts';

const folder = tempFolder();
const cores: Core[] = [];
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(project: string, create = false): Promise<{ client: Client; core: Core; folder: string }> {
  const core = createCore({
    program: 'desktop',
    version: '0.0.0-test',
    settingsFolder: path.join(folder, 'home'),
    projectsFolder: folder,
    assetsFolder: folder,
    bundledEncodersFolder: null,
    spawn: nodeSpawn,
    log: () => {},
  });
  cores.push(core);
  const { client: wire, server } = wirePair();
  core.connect(server, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'test' });
  const client = createClient(wire);
  const at = path.join(folder, project);
  await (create ? client.call('project.create', { folder: at, name: 'Harbour' }) : client.call('project.open', { folder: at }));
  return { client, core, folder: at };
}
async function finished(client: Client, jobId: string): Promise<void> {
  await expect.poll(async () => (await client.call('jobs.list', {})).find(({ id }) => id === jobId)?.state, { timeout: 60_000 }).toBe('done');
}
async function apply(client: Client, imageId: string, opsOf: (doc: Doc) => readonly Op[]) {
  const { rev, doc } = await client.call('edits.load', { imageId });
  return client.call('edits.apply', { eventId: newId(), groupId: newId(), imageId, baseRev: rev, ops: [...opsOf(doc)], activeMs: 4000 });
}

interface Ids {
  readonly lea: string;
  readonly ada: string;
  readonly ben: string;
  /** Given blind to both; given blind, and nobody began; open to all. */
  readonly blind: string;
  readonly fresh: string;
  readonly free: string;
  readonly caption: string;
  readonly thread: string;
  readonly set: string;
  readonly comparison: string;
}

/** A project of a lead and two annotators who work blind on two images, with an encoder, near-duplicates, a release and a comparison. */
async function makeBase(): Promise<Ids> {
  const { client, core } = await open('base', true);
  const scenes = path.join(fixtureFile('shapes-clip'), 'scenes');
  const files = readdirSync(scenes)
    .slice(0, 5)
    .map((name) => path.join(scenes, name));
  await finished(client, (await client.call('images.import', { paths: files, mode: 'copy' })).jobId);
  const [blind, fresh, free] = (await client.call('images.page', { filter: {}, offset: 0, limit: 10 })).images.map(({ id }) => id) as [string, string, string];
  const encoder = await client.call('encoders.install', { path: fixtureFile('shapes-clip'), described: null });
  await client.call('project.configure', { encoder: { id: encoder.id, autoIndex: false } });
  await finished(client, (await client.call('encoders.index', {})).jobId);
  await finished(client, (await client.call('duplicates.find', {})).jobId);
  const lea = (await client.call('app.info', {})).me.id;
  const [ada, ben] = [await client.call('people.add', { name: 'Ada' }), await client.call('people.add', { name: 'Ben' })].map(({ id }) => id) as [
    string,
    string,
  ];
  for (const imageId of [blind, fresh]) {
    for (const person of [ada, ben]) await apply(client, imageId, () => review.addAssignment(lea, person, { kind: 'annotate', blind: true }));
  }
  const [caption, thread, set, comparison] = [newId(), newId(), newId(), newId()];
  await client.call('people.become', { personId: ada });
  await apply(client, blind, () => addCaption(ada, 'A plain boat at a quay, with a rope.', caption));
  await apply(client, blind, () => addThread(ada, 'Is it a boat?', 'Yes.', thread));
  await apply(client, blind, () => addPointSet(ada, 'circle', 'present', set));
  await apply(client, blind, (doc) => addPoint(doc, set, 40, 40));
  await apply(client, free, () => addCaption(ada, 'A grey wall.'));
  await client.call('people.become', { personId: ben });
  await apply(client, free, () => addCaption(ben, 'A white wall with a door.'));
  await client.call('people.become', { personId: lea });
  await finished(client, (await client.call('releases.create', { name: 'v1' })).jobId);
  await core.close();
  return { lea, ada, ben, blind, fresh, free, caption, thread, set, comparison };
}

/** All that Ben does on the blind images, and a draft of a model that he asked for. */
async function plantSecret({ lea, ben, blind, fresh }: Ids): Promise<void> {
  const { client, core, folder: at } = await open('secret');
  await client.call('people.become', { personId: ben });
  const [caption, thread, set, circle] = [newId(), newId(), newId(), newId()];
  for (const imageId of [blind, fresh]) {
    await apply(client, imageId, () => addCaption(ben, 'Um, five secret zebras stand in a boat.', imageId === blind ? caption : newId()));
    await apply(client, imageId, () => addThread(ben, 'Is a zebra here?', 'No.', imageId === blind ? thread : newId()));
    await apply(client, imageId, () => addPointSet(ben, 'zebra', 'present', imageId === blind ? set : newId()));
  }
  for (const x of [10, 30, 60]) await apply(client, blind, (doc) => addPoint(doc, set, x, 50));
  await apply(client, blind, () => addPointSet(ben, 'circle', 'present', circle));
  await apply(client, blind, (doc) => addPoint(doc, circle, 42, 41));
  await apply(client, blind, () => review.addComment(ben, { targetKind: 'caption', targetId: caption }, 'A secret zebra comment.'));
  await apply(client, blind, () => review.addDismissal(ben, 'count-contradicts-points', caption, 'Zebras are hidden'));
  const asked = await client.call('proposals.ask', { imageId: blind, setId: circle, method: 'similar', threshold: 0 });
  if (asked.status !== 'proposed' || asked.proposals.length === 0) throw new Error(`nothing proposed: ${asked.status}`);
  await client.call('proposals.settle', { imageId: blind, proposalIds: asked.proposals.map(({ id }) => id), verdict: 'rejected' });
  for (const imageId of [blind, fresh]) await apply(client, imageId, (doc) => review.setWorkState(doc, ben, 'submitted')).catch(() => {});
  const { doc } = await client.call('edits.load', { imageId: blind });
  // A lead answers what Ben said.
  await client.call('people.become', { personId: lea });
  await apply(client, blind, (now) =>
    review.addComment(lea, { targetKind: 'caption', targetId: now.caption.find(({ authorId }) => authorId === ben)!.id }, 'Zebra?'),
  );
  await core.close();
  cores.splice(cores.indexOf(core), 1);
  const { db } = openDatabase(at, false);
  const draft = {
    model: 'm',
    endpoint: 'http://127.0.0.1/v1',
    prompt: [],
    complaint: null,
    previousId: null,
    verdict: 'open',
    askedAt: 1,
    settledAt: null,
  } as const;
  const questionTurnId = doc.turn.find(({ threadId, role }) => threadId === thread && role === 'question')!.id;
  putDraft(db, 1, { ...draft, id: newId(), threadId: thread, questionTurnId, text: 'A secret zebra draft', askedBy: ben });
  db.close();
}

/** What a lead does in both copies: the rules are asked, near-duplicates found, and everybody's captions compared. */
async function lead(client: Client, { lea, ada, ben, comparison: _made }: Ids): Promise<string> {
  await client.call('people.become', { personId: lea });
  await finished(client, (await client.call('lint.run', {})).jobId);
  await client.call('lint.summary', {});
  const sources: string[] = [];
  for (const personId of [ada, ben]) {
    sources.push(...(await client.call('compare.takeWork', { kind: 'caption', from: { personId } })).sources.map(({ id }) => id));
  }
  const made = await client.call('compare.create', { name: 'Walls', kind: 'caption', sourceIds: sources, seed: 7, repeatEvery: 0 });
  await client.call('people.become', { personId: ada });
  return made.comparisonId;
}

type Asks = readonly unknown[];
/** Why a method is not asked here. */
const SAYS = {
  machine: 'says what is on this machine, not in the project',
  opens: 'opens, closes or makes a project',
  own: 'tells of what this core did itself; its lines are those of a method that is asked',
  away: 'writes outside of the project, of one’s own work',
} as const;
const notAsked: Partial<Record<keyof Contract, keyof typeof SAYS>> = {
  'project.recent': 'machine',
  'project.forget': 'machine',
  'project.create': 'opens',
  'project.open': 'opens',
  'project.openSample': 'opens',
  'project.close': 'opens',
  'people.become': 'opens',
  'packages.open': 'opens',
  'packages.handIn': 'away',
  'exports.discard': 'machine',
  'jobs.watch': 'own',
  'changes.watch': 'own',
  'jobs.cancel': 'machine',
  'jobs.resume': 'machine',
  'media.space': 'machine',
  'media.setLimit': 'machine',
  'media.free': 'machine',
  'drafts.hasKey': 'machine',
  'drafts.keepKey': 'machine',
  'drafts.settle': 'own',
  'encoders.inspect': 'machine',
  'encoders.install': 'machine',
  'encoders.download': 'machine',
  'encoders.remove': 'machine',
  'encoders.measure': 'machine',
  'compare.importModel': 'away',
};

const asksOf = (ids: Ids, ranking: string): Partial<Record<keyof Contract, Asks>> => {
  const { ada, ben, blind, fresh, free, set, thread, caption } = ids;
  const images = [blind, fresh, free];
  const each = images.map((imageId) => ({ imageId }));
  const filters = [
    {},
    ...(['todo', 'draft', 'submitted', 'in-review', 'accepted', 'returned'] as const).map((state) => ({ states: [state] })),
    ...(['caption', 'answer', 'points'] as const).flatMap((what) => [{ has: [what] }, { lacks: [what] }]),
    ...['zebra', 'circle', 'boat'].flatMap((label) => [{ label }, { text: label }, { text: label, sort: 'relevance' as const }, { text: label, ranking }]),
    ...[ada, ben].flatMap((personId) => [{ personId }, { assignedTo: personId }]),
    ...['count-contradicts-points', 'fillers', 'caption-short', 'label-variant'].map((finding) => ({ finding })),
    { returnReason: 'other' },
    { skipped: true },
    { missing: true },
    { excluded: 'only' as const },
    { ranking, sort: 'similarity' as const },
    ...(['name', 'edited', 'taken'] as const).flatMap((sort) => [{ sort }, { sort, descending: true }]),
  ];
  const find = { matchCase: false, wholeWord: false, places: ['caption', 'question', 'answer', 'label'] as const };
  return {
    'app.info': [{}],
    'project.current': [{}],
    'project.settings': [{}],
    'images.page': filters.map((filter) => ({ filter, offset: 0, limit: 50 })),
    'images.ids': filters.map((filter) => ({ filter, offset: 0, limit: 50 })),
    'images.position': filters.flatMap((filter) => images.map((imageId) => ({ filter, imageId }))),
    'images.get': each,
    'images.facets': [{}],
    'images.problems': [{ offset: 0, limit: 10 }],
    'images.duplicates': [{}],
    'images.labels': [{}, { prefix: 'z' }, { prefix: 'c' }],
    'edits.load': each,
    'edits.history': [...each, { imageId: blind, limit: 2 }],
    'film.events': [...each, { imageId: blind, after: 1 }],
    'edits.at': images.flatMap((imageId) => [3, 8, 1000].map((seq) => ({ imageId, seq }))),
    'edits.findText': ['zebra', 'a', 'boat'].map((word) => ({ ...find, find: word })),
    'annotations.report': [{ jobId: free, offset: 0, limit: 10 }],
    'releases.list': [{}],
    'exports.sample': images.flatMap((imageId) => (['molmo-points', 'llava', 'labels'] as const).map((profile) => ({ profile, imageId }))),
    'audit.page': [{}, { filter: { personId: ben } }, { filter: { imageId: blind } }, { filter: { work: 'points' } }],
    'packages.current': [{}],
    'drafts.ask': [{ imageId: blind, questionTurnId: thread }],
    'drafts.list': each,
    'jobs.list': [{}],
    'compare.list': [{}],
    'compare.next': [{ comparisonId: ids.comparison }],
    'compare.choose': [{ comparisonId: ids.comparison, token: 'old', outcome: 'tie' }],
    'compare.undo': [{ comparisonId: ids.comparison }],
    'lint.context': each,
    'people.list': [{}],
    'people.rename': [{ name: 'Ada' }],
    'people.guard': [{ personId: ada, passphrase: null }],
    'proposals.about': each,
    'proposals.prepare': each,
    'proposals.ask': (['similar', 'text'] as const).map((method) => ({ imageId: blind, setId: set, method, threshold: 0 })),
    'proposals.show': [{ askId: newId(), threshold: 0 }],
    'proposals.settle': [{ imageId: blind, proposalIds: [newId()], verdict: 'rejected' }],
    'encoders.list': [{}],
    'encoders.catalogue': [{}],
    'encoders.status': [{}],
    'reading.lines': each,
    'reading.status': [{}],
    'tags.suggest': each,
    'similar.rank': [{ by: { order: 'outliers' } }, { by: { order: 'different' } }, { by: { text: 'circle' } }, { by: { imageId: blind } }],
    'duplicates.groups': [{ offset: 0, limit: 50 }],
    'edits.replaceText': [{ ...find, find: 'zebra', by: 'horse', groupId: newId(), images: [{ imageId: blind, places: [{ id: caption, at: 0 }] }] }],
    'edits.restore': [{ imageId: blind, seq: 1000 }],
    'edits.bulk': [
      { imageIds: images, change: { state: 'draft' } },
      { imageIds: images, change: { state: 'submitted' } },
    ],
    'edits.undo': [{ imageId: blind }, { imageId: null }],
    'edits.redo': [{ imageId: blind }, { imageId: null }],
  };
};

/** An answer without what is new in it (ids, times of this run, numbers of the log, which count the whole project's edits) and where the copy lies. */
function plain(answer: unknown, copiedAt: number): string {
  const copied = copiedAt.toString(16).padStart(12, '0');
  return JSON.stringify(answer, (key, value: unknown) => {
    if (['seq', 'next', 'ms', 'token', 'secondsLeft'].includes(key)) return typeof value;
    // Which text is shown at the left is drawn by ids that are new.
    if (typeof value === 'object' && value !== null && 'left' in value && 'right' in value)
      return { ...value, left: '', right: '', texts: [String(value.left), String(value.right)].sort((a, b) => (a < b ? -1 : 1)) };
    if (typeof value === 'number' && value > 1e12) return value < copiedAt ? value : 'later';
    return value;
  })
    ?.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => (id.replaceAll('-', '').slice(0, 12) < copied ? id : 'new'))
    .replaceAll(/\/(?:plain|secret)\b/g, '/copy');
}

async function answersOf(client: Client, ids: Ids, copiedAt: number): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const ranked = await client.call('similar.rank', { by: { order: 'different' } });
  const ranking = ranked.status === 'ranked' ? ranked.rankingId : newId();
  const ask = async (round: string) => {
    for (const [name, inputs] of Object.entries(asksOf(ids, ranking))) {
      for (const [at, input] of inputs.entries()) {
        const answer = await answerOf(client, name, input).catch((thrown: unknown) => ({
          error: toAppError(thrown).code,
          details: toAppError(thrown).details,
        }));
        answers.set(`${round} ${name} ${at} ${plain(input, copiedAt)}`, plain(answer, copiedAt));
      }
    }
  };
  await ask('first');
  answers.set(
    'submit',
    plain(await apply(client, ids.fresh, (doc) => [...addCaption(ids.ada, 'A boat.'), ...review.setWorkState(doc, ids.ada, 'submitted')]), copiedAt),
  );
  answers.set('edit', plain(await apply(client, ids.blind, (doc) => setText(doc, 'caption', ids.caption, 'A round boat.')), copiedAt));
  await ask('second');
  return answers;
}
async function answerOf(client: Client, name: string, input: unknown): Promise<unknown> {
  if (name !== 'drafts.ask') return client.call(name as 'edits.load', input as never);
  const pieces: unknown[] = [];
  for await (const piece of client.open(name, input as never)) pieces.push(piece);
  return pieces;
}

/** Where two answers part, with some of what stands there. */
function firstDifference(one: string, other: string): [string, string] {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return [one.slice(Math.max(0, at - 60), at + 60), other.slice(Math.max(0, at - 60), at + 60)];
}

test('no answer of any method tells a blind annotator anything of what another person did', { timeout: 120_000 }, async () => {
  const ids = await makeBase();
  const copiedAt = Date.now();
  for (const name of ['plain', 'secret']) cpSync(path.join(folder, 'base'), path.join(folder, name), { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await plantSecret(ids);
  const told: Map<string, string>[] = [];
  let counted = 0;
  for (const name of ['plain', 'secret']) {
    const { client, core } = await open(name);
    await client.call('people.become', { personId: ids.lea });
    counted = (await client.call('images.facets', {})).points;
    const comparison = await lead(client, ids);
    told.push(await answersOf(client, { ...ids, comparison }, copiedAt));
    await core.close();
  }
  // The secret is there for who may see it.
  expect(counted).toBe(5);
  const [without, withSecret] = told as [Map<string, string>, Map<string, string>];
  const differing = [...without].flatMap(([ask, answer]) => (withSecret.get(ask) === answer ? [] : [{ ask, without: answer, with: withSecret.get(ask) }]));
  expect(differing.map(({ ask, without: one, with: other }) => [ask, ...firstDifference(one, other ?? '')])).toEqual([]);
  expect([...withSecret.values()].filter((answer) => /zebra/i.test(answer)).length).toBe(0);
});

test('every method is asked above, is refused to annotators, or says why it tells nothing', () => {
  const none = newId();
  const ids = { lea: none, ada: none, ben: none, blind: none, fresh: none, free: none, caption: none, thread: none, set: none, comparison: none };
  const asked = new Set([...Object.keys(asksOf(ids, none)), ...Object.keys(methodActions), ...Object.keys(notAsked), 'edits.apply']);
  expect(Object.keys(contract).filter((name) => !asked.has(name))).toEqual([]);
});
