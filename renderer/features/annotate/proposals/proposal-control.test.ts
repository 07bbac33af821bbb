import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addPoint, addPointSet } from '../../../../shared/domain/authoring.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import type { Proposal } from '../../../../shared/domain/proposal.ts';
import type { CallName, Client } from '../../../../shared/rpc/client.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { createEditor, type Editor } from '../../../stores/editor.ts';
import { createFakeCore, type FakeCore } from '../../../stores/editor/fake-core.ts';
import { sessionStore } from '../../../stores/session.ts';
import { screenStore, setScreen } from '../screen-state.ts';
import { proposalCommands } from './proposal-commands.ts';
import { createProposalControl, type ProposalControl } from './proposal-control.ts';
import { neighbourProposal, proposalStore, shownProposals } from './proposal-store.ts';

const imageId = newId();
const setId = newId();
/** Two rows of three, the lower ones less sure. */
const coins: Proposal[] = Array.from({ length: 6 }, (_, n) => ({ id: newId(), xPct: 20 + (n % 3) * 30, yPct: n < 3 ? 20 + (n % 2) : 60, score: 0.9 - n / 10 }));
let core: FakeCore;
let editor: Editor;
let control: ProposalControl;
let about: { encoder: { id: string; name: string; hash: string; methods: ('similar' | 'text')[] } | null; hidden: boolean };
let asked: { method: string; threshold: number | null }[];
let calls: { method: string; input: unknown }[];
let rejected: Set<string>;
let fails: boolean;

const client = {
  call: (async (method: CallName, input: unknown) => {
    if (method.startsWith('edits.')) return core.client.call(method, input as never);
    calls.push({ method, input });
    if (method === 'proposals.about') return about;
    if (method === 'proposals.prepare') return { ready: true };
    if (method === 'proposals.settle') {
      const { proposalIds, verdict } = input as { proposalIds: string[]; verdict: string };
      for (const id of proposalIds)
        if (verdict === 'rejected') rejected.add(id);
        else rejected.delete(id);
      return { settled: 1 };
    }
    if (method === 'proposals.show') return { shown: 1 };
    if (fails) throw new AppError('unavailable', 'died', { key: 'encoder-died' });
    asked.push(input as never);
    if (core.load(imageId).doc.point.length === 0 && (input as { method: string }).method === 'similar') return { status: 'no-points' };
    const taken = new Set(core.load(imageId).doc.point.map((point) => point.proposalId));
    const proposals = coins.filter(({ id }) => !taken.has(id) && !rejected.has(id));
    return {
      status: 'proposed',
      askId: newId(),
      encoder: about.encoder,
      method: (input as { method: string }).method,
      positives: 1,
      proposals,
      threshold: 0.55,
      heat: { columns: 1, rows: 1, values: 'AA==' },
      spatialWords: [],
    };
  }) as Client['call'],
};

beforeEach(async () => {
  core = createFakeCore();
  core.latencyMs = 0;
  editor = createEditor(client);
  about = { encoder: { id: 'e', name: 'E', hash: 'h', methods: ['similar'] }, hidden: false };
  [asked, calls, rejected, fails] = [[], [], new Set(), false];
  sessionStore.getState().set({ proposals: true });
  setScreen({ tab: 'points', activeLabel: 'coin', selection: [], pointing: null });
  core.other(imageId, addPointSet('me', 'coin', 'present', setId));
  await editor.open(imageId);
  control = createProposalControl(client, editor, imageId);
  await vi.waitUntil(() => proposalStore.getState().about !== null);
});
afterEach(() => control.stop());

const place = () => editor.dispatch(addPoint(editor.store.getState().doc, setId, 50, 90));
const shown = () => shownProposals(proposalStore.getState()).map(({ id }) => id);
const ids = (...at: number[]) => at.map((n) => coins[n]!.id);
async function settled(expected: string[]): Promise<void> {
  await vi.waitFor(() => {
    const found = [...shown(), proposalStore.getState().phase].join(' ');
    if (found !== [...expected, 'shown'].join(' ')) throw new Error(found);
  });
}

test('nothing is asked or shown before the person placed a point of the label', async () => {
  await editor.flush();
  expect([asked, shown()]).toEqual([[], []]);
  place();
  await settled(ids(0, 1, 2, 3));
  expect(editor.store.getState().doc.point).toHaveLength(1);
  expect(asked).toEqual([{ imageId, setId, method: 'similar', threshold: null }]);
});

test('accepting all is one edit whose points name their proposals; undo shows them again', async () => {
  place();
  await settled(ids(0, 1, 2, 3));
  const before = core.events.length;
  expect(control.accept(shown())).toBe(4);
  expect(shown()).toEqual([]);
  await editor.flush();
  expect(core.events.length).toBe(before + 1);
  expect(editor.store.getState().doc.point.flatMap(({ proposalId }) => proposalId ?? [])).toEqual(ids(0, 1, 2, 3));
  await vi.waitFor(() => expect(proposalStore.getState().proposed?.proposals.map(({ id }) => id)).toEqual(ids(4, 5)));
  await editor.undo();
  await settled(ids(0, 1, 2, 3));
});

test('what is rejected leaves at once and stays away; taking it back brings it back', async () => {
  place();
  await settled(ids(0, 1, 2, 3));
  control.reject(coins[1]!.id);
  expect(shown()).toEqual(ids(0, 2, 3));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  await settled(ids(0, 2, 3));
  control.takeBack();
  await settled(ids(0, 1, 2, 3));
  expect(editor.store.getState().doc.point).toHaveLength(1);
});

test('the slider’s place is kept from ask to ask, and what it brings in is told before it is accepted', async () => {
  place();
  await settled(ids(0, 1, 2, 3));
  control.setThreshold(0.3);
  expect(shown()).toEqual(coins.map(({ id }) => id));
  control.accept(ids(5));
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ threshold: 0.3 }));
  const order = calls.map(({ method }) => method);
  expect(order.indexOf('proposals.show')).toBeGreaterThan(-1);
  expect(order.indexOf('proposals.show')).toBeLessThan(order.lastIndexOf('proposals.ask'));
});

test('Tab walks row by row, and Enter goes on to the next', async () => {
  place();
  await settled(ids(0, 1, 2, 3));
  const walked: string[] = [];
  for (let at = neighbourProposal(proposalStore.getState(), 1); at; at = neighbourProposal(proposalStore.getState(), 1)) {
    walked.push(at.id);
    control.focus(at.id);
  }
  expect(walked).toEqual(ids(0, 1, 2, 3));
  control.focus(coins[1]!.id);
  control.accept(ids(1));
  expect(proposalStore.getState().focused).toBe(coins[2]!.id);
});

test('an encoder that dies is said, points go on, and asking again works', async () => {
  fails = true;
  place();
  await vi.waitFor(() => expect(proposalStore.getState()).toMatchObject({ phase: 'failed', error: { details: { key: 'encoder-died' } } }));
  fails = false;
  place();
  await settled(ids(0, 1, 2, 3));
  fails = true;
  control.reject(coins[0]!.id);
  await vi.waitFor(() => expect(proposalStore.getState().phase).toBe('failed'));
  fails = false;
  control.retry();
  await settled(ids(1, 2, 3));
});

test('hidden proposals are not asked for: by the person, or on an image of the hidden share', async () => {
  control.toggle();
  control.toggle();
  place();
  await settled(ids(0, 1, 2, 3));
  control.toggle();
  expect([sessionStore.getState().proposals, shown()]).toEqual([false, []]);
  place();
  await editor.flush();
  expect(asked).toHaveLength(1);
  control.stop();
  sessionStore.getState().set({ proposals: true });
  about = { ...about, hidden: true };
  control = createProposalControl(client, editor, imageId);
  await vi.waitFor(() => expect(proposalStore.getState().about?.hidden).toBe(true));
  control.toggle();
  place();
  await editor.flush();
  expect(asked).toHaveLength(1);
  expect(calls.filter(({ method }) => method === 'proposals.prepare')).toHaveLength(1);
});

test('by its words a label is asked for only when the person asks', async () => {
  about = { ...about, encoder: { ...about.encoder!, methods: ['similar', 'text'] } };
  control.retry();
  await vi.waitFor(() => expect(proposalStore.getState().about?.encoder?.methods).toHaveLength(2));
  expect(asked).toEqual([]);
  control.toggle();
  await settled(ids(0, 1, 2, 3));
  expect(asked[0]).toMatchObject({ method: 'text' });
});

test('keys are left alone while nothing is proposed', async () => {
  vi.stubGlobal('document', { activeElement: null });
  const commands = proposalCommands({ control: () => control, stage: { current: null }, box: { current: null }, canAsk: () => true, accepted: () => {} });
  const on = () => commands.filter(({ enabled }) => enabled?.() !== false).map(({ id }) => id);
  expect(on()).toEqual(['proposals.toggle', 'proposals.heat']);
  place();
  await settled(ids(0, 1, 2, 3));
  expect(on()).toEqual([
    'proposals.toggle',
    'proposals.accept-all',
    'proposals.next',
    'proposals.previous',
    'proposals.fewer',
    'proposals.more',
    'proposals.heat',
  ]);
  control.focus(coins[0]!.id);
  expect(on()).toContain('proposals.reject');
  setScreen({ tab: 'caption' });
  expect(on()).toEqual(['proposals.toggle', 'proposals.heat']);
  expect(screenStore.getState().tab).toBe('caption');
  vi.unstubAllGlobals();
});
