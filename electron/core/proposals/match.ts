/** What an encoder sees now against what it showed before: a proposal keeps its id and place from ask to ask, and a rejected one stays away. */
import { newId } from '../../../shared/domain/ids.ts';
import { distancePct, type Proposal } from '../../../shared/domain/proposal.ts';
import type { StoredProposal } from '../db/proposals.ts';

/** Peaks nearer than this to what was shown before are the same thing seen again, in percent of the diagonal: a few patches of any encoder. */
export const SAME_PCT = 1.5;
/** Nearer than this to a rejected one: the encoder keeps clear of those by itself, this is for one that does not. */
export const REJECTED_PCT = 0.75;

type Peak = Omit<Proposal, 'id'>;
interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The peaks as proposals, best first. Each open proposal is matched to the nearest peak at most, so that two neighbours stay two. */
export function matchPeaks(image: Size, peaks: readonly Peak[], before: readonly StoredProposal[]): Proposal[] {
  const rejected = before.filter((proposal) => proposal.verdict === 'rejected');
  const kept = peaks.filter((peak) => rejected.every((proposal) => distancePct(image, peak, proposal) > REJECTED_PCT));
  const open = before.filter((proposal) => proposal.verdict === 'open');
  const pairs = kept.flatMap((peak, at) =>
    open.flatMap((proposal) => {
      const distance = distancePct(image, peak, proposal);
      return distance <= SAME_PCT ? [{ at, proposal, distance }] : [];
    }),
  );
  const matched = new Map<number, StoredProposal>();
  const taken = new Set<string>();
  for (const { at, proposal } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (matched.has(at) || taken.has(proposal.id)) continue;
    matched.set(at, proposal);
    taken.add(proposal.id);
  }
  return kept.map(({ xPct, yPct, score }, at) => {
    const known = matched.get(at);
    // Where it was shown: a marker that creeps under the cursor is not aimed at, and how far a point was moved counts from there.
    return known ? { id: known.id, xPct: known.xPct, yPct: known.yPct, score } : { id: newId(), xPct, yPct, score };
  });
}
