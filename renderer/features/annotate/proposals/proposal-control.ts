/** Asks for proposals when there is something to go by, and does what the person says of them. One for each screen that is open. */
import { acceptProposals } from '../../../../shared/domain/authoring.ts';
import type { PointSet } from '../../../../shared/domain/model.ts';
import type { ProposalMethod } from '../../../../shared/domain/proposal.ts';
import type { Client } from '../../../../shared/rpc/client.ts';
import { toAppError } from '../../../../shared/rpc/errors.ts';
import { onChange } from '../../../queries/changes.ts';
import type { Editor } from '../../../stores/editor.ts';
import { pointsBySet } from '../../../stores/editor/points-by-set.ts';
import { sessionStore } from '../../../stores/session.ts';
import { activeSet, screenStore, setScreen } from '../screen-state.ts';
import { clearProposals, neighbourProposal, proposalStore, readingOrder, setProposals, shownProposals, thresholdOf } from './proposal-store.ts';

export interface ProposalControl {
  /** Accepts these where they are, as one edit. Returns how many. */
  accept(ids: readonly string[]): number;
  /** Accepts one where it was dragged to. */
  acceptAt(id: string, xPct: number, yPct: number): void;
  reject(id: string): void;
  /** Takes back the last rejection on this image. */
  takeBack(): void;
  setThreshold(threshold: number): void;
  focus(id: string | null): void;
  /** Shows proposals, also of a label without points where the encoder reads its words; or hides them. */
  toggle(): void;
  retry(): void;
  stop(): void;
}

/** The image is shown and its neighbours are decoded before the encoder gets to work. */
const PREPARE_AFTER_MS = 250;
/** An answer that comes sooner needs no word about waiting. */
const PATIENCE_MS = 150;
/** The slider is let go. */
const SLIDER_MS = 400;

/** What there is to be asked now, or null. */
interface Want {
  readonly imageId: string;
  readonly setId: string;
  readonly label: string;
  readonly method: ProposalMethod;
  readonly points: unknown;
  readonly turn: number;
}
const same = (a: Want | null, b: Want | null): boolean =>
  a === b || (a !== null && b !== null && (Object.keys(a) as (keyof Want)[]).every((key) => a[key] === b[key]));

export function createProposalControl(client: Pick<Client, 'call'>, editor: Editor, imageId: string): ProposalControl {
  /** Goes up with every rejection and retry: the same points, asked again. */
  let turn = 0;
  let asked: Want | null = null;
  let running: AbortController | null = null;
  let sliderTimer: ReturnType<typeof setTimeout> | null = null;
  const life = new AbortController();
  clearProposals({ about: null, rejected: [], askedFor: null });

  const docOf = () => editor.store.getState().doc;
  const current = (): PointSet | undefined => activeSet(docOf(), screenStore.getState().activeLabel);

  function wanted(): Want | null {
    const { doc, status, imageId: open } = editor.store.getState();
    const { tab, pointing } = screenStore.getState();
    const { about, askedFor } = proposalStore.getState();
    if (status !== 'ready' || open !== imageId || tab !== 'points' || pointing || !sessionStore.getState().proposals) return null;
    const set = current();
    if (!set || !about?.encoder || about.hidden) return null;
    const points = pointsBySet(doc.point).get(set.id);
    const byWords = askedFor === set.id && about.encoder.methods.includes('text');
    const method = byWords ? 'text' : points && about.encoder.methods.includes('similar') ? 'similar' : null;
    return method && { imageId, setId: set.id, label: set.label, method, points, turn };
  }

  function look(): void {
    const want = wanted();
    if (same(want, asked)) return;
    // What is not saved yet is not known to the core; that it is brings us here again.
    if (want && editor.store.getState().unsaved > 0) return;
    const otherLabel = want?.setId !== asked?.setId;
    asked = want;
    running?.abort();
    running = null;
    if (!want || otherLabel) clearProposals();
    if (want) void ask(want);
  }

  async function ask(want: Want): Promise<void> {
    const abort = (running = new AbortController());
    const timer = setTimeout(() => setProposals({ phase: 'encoding' }), PATIENCE_MS);
    setProposals({ setId: want.setId, error: null });
    try {
      const { threshold } = proposalStore.getState();
      const result = await client.call('proposals.ask', { imageId, setId: want.setId, method: want.method, threshold }, abort.signal);
      if (running !== abort) return;
      if (result.status !== 'proposed') return clearProposals();
      const { focused } = proposalStore.getState();
      const stays = result.proposals.some(({ id }) => id === focused);
      setProposals({ phase: 'shown', proposed: result, gone: [], focused: stays ? focused : null });
      performance.mark('proposals-shown');
    } catch (thrown) {
      if (running === abort) setProposals({ phase: 'failed', error: toAppError(thrown), proposed: null, focused: null });
    } finally {
      clearTimeout(timer);
      if (running === abort) running = null;
    }
  }

  async function learn(): Promise<void> {
    try {
      const about = await client.call('proposals.about', { imageId }, life.signal);
      setProposals({ about });
      look();
      if (about.encoder && !about.hidden && sessionStore.getState().proposals) await client.call('proposals.prepare', { imageId }, life.signal);
    } catch {
      // The ask says what is wrong, when there is one.
    }
  }

  /** What the slider brought to the screen is kept as shown. */
  function tellShown(): void {
    if (sliderTimer === null) return;
    clearTimeout(sliderTimer);
    sliderTimer = null;
    const state = proposalStore.getState();
    if (state.proposed) void client.call('proposals.show', { askId: state.proposed.askId, threshold: thresholdOf(state) }).catch(() => {});
  }

  function take(spots: readonly { readonly id: string; readonly xPct: number; readonly yPct: number }[]): void {
    const { setId, gone } = proposalStore.getState();
    const { doc, status } = editor.store.getState();
    if (status !== 'ready' || setId === null || spots.length === 0 || !doc.pointSet.some((set) => set.id === setId)) return;
    tellShown();
    setProposals({ gone: [...gone, ...spots.map(({ id }) => id)] });
    setScreen({ selection: [], cursor: null, line: null });
    editor.dispatch(
      acceptProposals(
        doc,
        setId,
        spots.map(({ id, xPct, yPct }) => ({ proposalId: id, xPct, yPct })),
      ),
    );
  }

  async function settle(ids: string[], verdict: 'rejected' | 'open'): Promise<void> {
    tellShown();
    try {
      await client.call('proposals.settle', { imageId, proposalIds: ids, verdict });
    } catch (thrown) {
      setProposals({ phase: 'failed', error: toAppError(thrown), gone: [] });
      return;
    }
    turn++;
    look();
  }

  const prepareTimer = setTimeout(() => void learn(), PREPARE_AFTER_MS);
  const stops = [
    editor.store.subscribe(look),
    screenStore.subscribe((state, before) => {
      if (state.selection !== before.selection && state.selection.length > 0) setProposals({ focused: null });
      look();
    }),
    sessionStore.subscribe((state, before) => {
      if (state.proposals !== before.proposals) look();
    }),
    onChange((change) => {
      if (change.topic === 'project' || change.topic === 'encoders' || change.topic === 'all') void learn();
    }),
  ];

  const control: ProposalControl = {
    accept(ids) {
      const wanted = new Set(ids);
      const spots = readingOrder(shownProposals(proposalStore.getState())).filter(({ id }) => wanted.has(id));
      const { focused } = proposalStore.getState();
      // One goes on with the next one.
      const next = focused !== null && wanted.has(focused) ? neighbourProposal(proposalStore.getState(), 1) : null;
      take(spots);
      if (focused !== null && wanted.has(focused)) setProposals({ focused: next?.id ?? null });
      return spots.length;
    },
    acceptAt(id, xPct, yPct) {
      take([{ id, xPct: clamp(xPct), yPct: clamp(yPct) }]);
      setProposals({ focused: null });
    },
    reject(id) {
      const state = proposalStore.getState();
      if (!shownProposals(state).some((proposal) => proposal.id === id)) return;
      const next = state.focused === id ? neighbourProposal(state, 1) : null;
      setProposals({ gone: [...state.gone, id], rejected: [...state.rejected, id], ...(state.focused === id ? { focused: next?.id ?? null } : {}) });
      void settle([id], 'rejected');
    },
    takeBack() {
      const { rejected } = proposalStore.getState();
      const id = rejected.at(-1);
      if (id === undefined) return;
      setProposals({ rejected: rejected.slice(0, -1) });
      void settle([id], 'open');
    },
    setThreshold(threshold) {
      const focusStays = shownProposals({ ...proposalStore.getState(), threshold }).some(({ id }) => id === proposalStore.getState().focused);
      setProposals({ threshold: Math.min(1, Math.max(0, threshold)), ...(focusStays ? {} : { focused: null }) });
      if (sliderTimer !== null) clearTimeout(sliderTimer);
      sliderTimer = setTimeout(tellShown, SLIDER_MS);
    },
    focus(id) {
      setProposals({ focused: id });
      if (id !== null) setScreen({ selection: [], cursor: null });
    },
    toggle() {
      const { about } = proposalStore.getState();
      const set = current();
      const shows = wanted() !== null;
      sessionStore.getState().set({ proposals: !shows });
      setProposals({ askedFor: !shows && set && about?.encoder?.methods.includes('text') && !pointsBySet(docOf().point).has(set.id) ? set.id : null });
      setScreen({ tab: 'points' });
      look();
    },
    retry() {
      turn++;
      void learn();
      look();
    },
    stop() {
      tellShown();
      clearTimeout(prepareTimer);
      life.abort();
      running?.abort();
      running = null;
      stops.forEach((stop) => stop());
      clearProposals({ about: null });
    },
  };
  return control;
}

const clamp = (value: number): number => Math.min(100, Math.max(0, value));
