/** Keeps the canvas at the proposals, without React between a key and its marker. */
import { useEffect } from 'react';
import { labelSets } from '../../../../shared/domain/point-mark.ts';
import type { Proposal } from '../../../../shared/domain/proposal.ts';
import type { Stage, StageHeat } from '../../../canvas/stage-api.ts';
import { useAnnotate } from '../context.ts';
import { labelStyle } from '../../../ui/label-style.ts';
import { type Proposed, proposalStore, shownProposals } from './proposal-store.ts';

export function useStageProposals(live: Stage | null, shown: boolean): void {
  const { editor } = useAnnotate();
  useEffect(() => {
    if (!live || !shown) return;
    let ghosts: readonly Proposal[] | null = null;
    let focused: string | null = null;
    let heat: Proposed | null = null;
    const draw = () => {
      const state = proposalStore.getState();
      const next = shownProposals(state);
      if (next !== ghosts || state.focused !== focused) {
        [ghosts, focused] = [next, state.focused];
        const index = labelSets(editor.store.getState().doc).findIndex((set) => set.id === state.setId);
        live.setGhosts(next.length > 0 ? { ghosts: next, shape: labelStyle(Math.max(0, index)).shape, focused } : null);
      }
      const wanted = state.heatShown ? state.proposed : null;
      if (wanted === heat) return;
      heat = wanted;
      live.setHeat(wanted && decodeHeat(wanted));
    };
    draw();
    const stop = proposalStore.subscribe(draw);
    return () => {
      stop();
      live.setGhosts(null);
      live.setHeat(null);
    };
  }, [live, shown, editor]);
}

function decodeHeat({ heat: { columns, rows, values } }: Proposed): StageHeat {
  return { columns, rows, values: Uint8Array.from(atob(values), (letter) => letter.charCodeAt(0)) };
}
