/** What an encoder proposes on the open image, beside the document: nothing of it is data before a person accepts it. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AskResult, Proposal, ProposingEncoder } from '../../../../shared/domain/proposal.ts';
import type { AppError } from '../../../../shared/rpc/errors.ts';

export type Proposed = Extract<AskResult, { status: 'proposed' }>;
export interface ProposalState {
  /** Which encoder proposes here and whether the image is one without proposals; null until that is known. */
  readonly about: { readonly encoder: ProposingEncoder | null; readonly hidden: boolean } | null;
  /** `encoding`: the image is being looked at for the first time, which takes a moment. */
  readonly phase: 'quiet' | 'encoding' | 'shown' | 'failed';
  /** The label that was asked for. */
  readonly setId: string | null;
  readonly proposed: Proposed | null;
  readonly error: AppError | null;
  /** The person's own place of the slider; null for the encoder's. */
  readonly threshold: number | null;
  /** Decided on since it was asked, in the order of decision. */
  readonly gone: readonly string[];
  /** The one that Enter and X are for. */
  readonly focused: string | null;
  /** Rejected on this image in this window, the last one last: they can be taken back. */
  readonly rejected: readonly string[];
  /** The person asked for this label by key before there was a point. */
  readonly askedFor: string | null;
  readonly heatShown: boolean;
}
const start: ProposalState = {
  about: null,
  phase: 'quiet',
  setId: null,
  proposed: null,
  error: null,
  threshold: null,
  gone: [],
  focused: null,
  rejected: [],
  askedFor: null,
  heatShown: false,
};

/** This window's proposals. */
export const proposalStore: StoreApi<ProposalState> = createStore<ProposalState>()(() => start);
export const setProposals = (values: Partial<ProposalState>): void => proposalStore.setState(values);
export const useProposals = <T>(select: (state: ProposalState) => T): T => useStore(proposalStore, select);

/** Another image or label: whether the heat map is on stays. */
export const clearProposals = (more: Partial<ProposalState> = {}): void =>
  setProposals({ phase: 'quiet', setId: null, proposed: null, error: null, threshold: null, gone: [], focused: null, ...more });

const none: readonly Proposal[] = [];
let last: { readonly proposed: Proposed | null; readonly from: number; readonly gone: readonly string[]; readonly shown: readonly Proposal[] } | null = null;

/** Where the slider stands. */
export const thresholdOf = ({ threshold, proposed }: ProposalState): number => threshold ?? proposed?.threshold ?? 1;

/** The proposals that are on the screen, best first; the same list as long as nothing changed. */
export function shownProposals(state: ProposalState): readonly Proposal[] {
  const { proposed, gone } = state;
  const from = thresholdOf(state);
  if (last?.proposed === proposed && last.from === from && last.gone === gone) return last.shown;
  const decided = new Set(gone);
  const shown = proposed ? proposed.proposals.filter(({ id, score }) => score >= from && !decided.has(id)) : none;
  last = { proposed, from, gone, shown };
  return shown;
}

/** Rows as one reads: within a band of this many percent of the height, from left to right. */
const BAND_PCT = 8;

/** The proposal after or before the focused one, row by row; null at the end. */
export function neighbourProposal(state: ProposalState, step: 1 | -1): Proposal | null {
  const inOrder = readingOrder(shownProposals(state));
  const at = inOrder.findIndex(({ id }) => id === state.focused);
  const next = at < 0 ? (step > 0 ? 0 : inOrder.length - 1) : at + step;
  return inOrder[next] ?? null;
}

/** As they are walked, and as accepted points are numbered. */
export function readingOrder(proposals: readonly Proposal[]): Proposal[] {
  const byHeight = [...proposals].sort((a, b) => a.yPct - b.yPct);
  let [row, top] = [0, -Infinity];
  const rows = new Map<string, number>();
  for (const { id, yPct } of byHeight) {
    if (yPct - top > BAND_PCT) [row, top] = [row + 1, yPct];
    rows.set(id, row);
  }
  return byHeight.sort((a, b) => rows.get(a.id)! - rows.get(b.id)! || a.xPct - b.xPct);
}
