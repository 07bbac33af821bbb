import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { imageNum } from '../db/images.ts';
import { writeMeta } from '../db/meta.ts';
import { proposalsOfImage } from '../db/proposals.ts';
import { writeSettings } from '../db/settings.ts';
import { createEdits, type Edits } from '../edits.ts';
import type { EncoderTaskKind, EncoderTasks, ModelRef, ProposalAsk } from '../encoder/messages.ts';
import { addImageRow, tempProject, type TempProject } from '../testing/temp-project.ts';
import { verifyImage } from '../verify.ts';
import { createProposals, type Proposals, type ProposalSource } from './proposals.ts';

/** Twelve coins in three rows, as an encoder without noise sees them: each point of a label raises all of them. */
const COINS = Array.from({ length: 12 }, (_, n) => ({ xPct: 10 + (n % 4) * 25, yPct: 15 + Math.floor(n / 4) * 30, score: 0.95 - n * 0.05 }));
const model = { folder: '/encoders/fake', hash: 'abc' } as unknown as ModelRef;

let project: TempProject;
let edits: Edits;
let proposals: Proposals;
let imageId: string;
let setId: string;
let asked: ProposalAsk[];
let kept: Set<string>;
let encodes: number;
/** Set to have the next call of this kind fail as when the process dies: it forgets everything. */
let dies: EncoderTaskKind | null;
/** Whether a closer look sees more: then coins are found by it alone. */
let large: boolean;
let methods: readonly ('similar' | 'text')[];

const near = (a: { xPct: number; yPct: number }, b: { xPct: number; yPct: number }) => Math.hypot(a.xPct - b.xPct, a.yPct - b.yPct) < 6;
const source: ProposalSource = {
  encoder: async () => ({ model, facts: { id: 'fake', name: 'Fake', hash: model.hash, methods } }),
  tiles: async (_imageId, _model, distance) => (distance === 'usual' || large ? [] : null),
  async run<K extends EncoderTaskKind>(kind: K, input: EncoderTasks[K]['in']): Promise<EncoderTasks[K]['out']> {
    if (dies === kind) {
      dies = null;
      kept.clear();
      throw new AppError('unavailable', 'died', { key: 'encoder-died' });
    }
    const { key } = input as { key: string };
    if (kind === 'encode') {
      encodes++;
      kept.add(key);
      return { columns: 4, rows: 3 } as EncoderTasks[K]['out'];
    }
    if (!kept.has(key)) return { missing: true } as EncoderTasks[K]['out'];
    const { ask } = input as EncoderTasks['propose']['in'];
    asked.push(ask);
    const seen = large && !key.endsWith(':close') ? [] : COINS;
    const peaks = seen.filter((coin) => ![...ask.positives, ...ask.negatives].some((spot) => near(spot, coin)));
    const shift = ask.positives.length / 10;
    const out = {
      peaks: peaks.map((peak) => ({ ...peak, xPct: peak.xPct + shift })),
      threshold: 0.6,
      heat: { columns: 2, rows: 1, values: new Uint8Array([0, 255]) },
    };
    return out as unknown as EncoderTasks[K]['out'];
  },
};

beforeEach(() => {
  project = tempProject();
  writeMeta(project.db, 'id', newId());
  edits = createEdits({ db: project.db, me: project.me, notify: () => {} });
  proposals = createProposals({ db: project.db, me: project.me, edits }, source);
  imageId = addImageRow(project.db);
  setId = newId();
  asked = [];
  kept = new Set();
  encodes = 0;
  dies = null;
  methods = ['similar'];
  large = false;
  save(authoring.addPointSet(project.me.userId, 'coin', 'present', setId));
});
afterEach(() => project.remove());

const doc = () => edits.load(imageId).doc;
function save(ops: readonly Op[]): void {
  const { rev } = edits.load(imageId);
  expect(edits.apply({ eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops: [...ops] }, 'w').status).toBe('saved');
}
async function ask(threshold: number | null = null, method: 'similar' | 'text' = 'similar') {
  const result = await proposals.ask({ imageId, setId, method, threshold });
  if (result.status !== 'proposed') throw new Error(result.status);
  return result;
}
const placeFirst = () => save(authoring.addPoint(doc(), setId, COINS[0]!.xPct, COINS[0]!.yPct));
const stored = () => proposalsOfImage(project.db, imageNum(project.db, imageId)!);

test('from one point come the others; what is above the threshold is kept as shown, and no point is made', async () => {
  placeFirst();
  const result = await ask();
  expect(result).toMatchObject({ positives: 1, threshold: 0.6, encoder: { name: 'Fake', hash: 'abc' }, heat: { columns: 2, rows: 1, values: 'AP8=' } });
  expect(result.proposals).toHaveLength(11);
  expect(stored().map(({ id }) => id)).toEqual(result.proposals.filter(({ score }) => score >= 0.6).map(({ id }) => id));
  expect(doc().point).toHaveLength(1);
  expect(proposals.show(result.askId, 0.5)).toEqual({ shown: stored().length });
  expect(stored().length).toBe(result.proposals.filter(({ score }) => score >= 0.5).length);
  expect(project.db.prepare('SELECT DISTINCT encoder_hash, method, shown_to, label FROM proposal').all()).toEqual([
    { encoder_hash: 'abc', method: 'similar', shown_to: project.me.userId, label: 'coin' },
  ]);
});

test('without a point there is nothing to go by, and a label is not "not present" by that', async () => {
  expect(await proposals.ask({ imageId, setId, method: 'similar', threshold: null })).toEqual({ status: 'no-points' });
  expect(await proposals.ask({ imageId, setId, method: 'text', threshold: null })).toEqual({ status: 'no-encoder' });
  expect(doc().pointSet[0]!.presence).toBe('present');
  expect(stored()).toEqual([]);
});

test('after each decision the same thing keeps its id and place, and what was rejected stays away, also after a restart', async () => {
  placeFirst();
  const first = await ask();
  const [accepted, rejected] = first.proposals;
  save(authoring.acceptProposals(doc(), setId, [{ proposalId: accepted!.id, xPct: accepted!.xPct, yPct: accepted!.yPct }]));
  expect(proposals.settle(imageId, [rejected!.id], 'rejected')).toEqual({ settled: 1 });
  const second = await ask();
  // one that was not shown yet has no place to keep
  const shown = first.proposals.slice(2).filter(({ score }) => score >= first.threshold);
  expect(asked.at(-1)).toMatchObject({ positives: [{}, {}], negatives: [{ xPct: rejected!.xPct }] });
  expect(shown.length).toBeGreaterThan(3);
  expect(second.proposals.slice(0, shown.length).map(({ id, xPct }) => [id, xPct])).toEqual(shown.map(({ id, xPct }) => [id, xPct]));
  proposals = createProposals({ db: project.db, me: project.me, edits }, source);
  const third = await ask();
  expect(third.proposals.some(({ id }) => id === rejected!.id)).toBe(false);
  expect(third.proposals).toHaveLength(9);
  proposals.settle(imageId, [rejected!.id], 'open');
  expect((await ask()).proposals).toHaveLength(10);
  expect(verifyImage(project.db, imageNum(project.db, imageId)!)).toEqual([]);
});

test('an image is encoded once, ahead of need, and again where the process forgot it', async () => {
  placeFirst();
  await Promise.all([proposals.prepare(imageId), proposals.prepare(imageId), ask()]);
  await ask();
  expect(encodes).toBe(1);
  kept.clear();
  await ask();
  expect(encodes).toBe(2);
});

test('where next to nothing is found on a large image it is looked at closely, and from then on for this label', async () => {
  large = true;
  placeFirst();
  expect((await ask()).proposals).toHaveLength(11);
  expect(encodes).toBe(2);
  const before = asked.length;
  expect((await ask()).proposals).toHaveLength(11);
  expect(asked.length).toBe(before + 1);
});

test('a process that dies of a close look is not asked for one again, and what the usual look found is told', async () => {
  placeFirst();
  await ask();
  large = true;
  dies = 'encode';
  expect((await ask()).proposals).toEqual([]);
  const before = encodes;
  expect((await ask()).proposals).toEqual([]);
  // The usual maps, which died with it.
  expect(encodes).toBe(before + 1);
});

test('when the encoder dies the ask says so, points are kept, and asking again works', async () => {
  placeFirst();
  await ask();
  dies = 'propose';
  await expect(ask()).rejects.toMatchObject({ code: 'unavailable', details: { key: 'encoder-died' } });
  expect(doc().point).toHaveLength(1);
  expect((await ask()).proposals).toHaveLength(11);
  kept.clear();
  dies = 'encode';
  await expect(ask()).rejects.toMatchObject({ details: { key: 'encoder-died' } });
  expect((await ask()).proposals).toHaveLength(11);
});

test('on the hidden share nothing is proposed, encoded or kept, whoever asks', async () => {
  writeSettings(project.db, { proposals: { hiddenShare: 0.5 } });
  const images = Array.from({ length: 40 }, () => addImageRow(project.db));
  const about = await Promise.all(images.map((id) => proposals.about(id)));
  const hidden = images.filter((_, n) => about[n]!.hidden);
  expect(hidden.length).toBeGreaterThan(5);
  expect(hidden.length).toBeLessThan(35);
  expect(await proposals.ask({ imageId: hidden[0]!, setId, method: 'similar', threshold: null })).toEqual({ status: 'hidden' });
  expect(await proposals.prepare(hidden[0]!)).toEqual({ ready: false });
  expect([encodes, asked]).toEqual([0, []]);
});

test('words are asked for by name, with the other labels beside, and words of place are named', async () => {
  methods = ['similar', 'text'];
  save(authoring.editPointSet(doc(), setId, { label: 'coin on the left' }));
  save(authoring.addPointSet(project.me.userId, 'cup'));
  const result = await ask(0.89, 'text');
  expect(asked[0]).toMatchObject({ text: 'coin on the left', otherTexts: ['cup'], positives: [] });
  expect(result.spatialWords).toEqual(['left']);
  expect(stored()).toHaveLength(2);
});
