/** Keys of the proposals. They work on the image and only while proposals are shown: elsewhere Tab, Enter and X mean what they always do. */
import type { RefObject } from 'react';
import type { Stage } from '../../../canvas/stage-api.ts';
import type { Command } from '../../../commands/registry.ts';
import type { ProposalControl } from './proposal-control.ts';
import { neighbourProposal, proposalStore, setProposals, shownProposals, thresholdOf } from './proposal-store.ts';

export interface ProposalCommandContext {
  readonly control: () => ProposalControl | null;
  readonly stage: RefObject<Stage | null>;
  readonly box: RefObject<HTMLDivElement | null>;
  /** There are a label and an encoder that can propose. */
  readonly canAsk: () => boolean;
  /** How many were accepted at once. */
  accepted(count: number): void;
}

/** A step of the slider by key. */
const STEP = 0.02;

export function proposalCommands({ control, stage, box, canAsk, accepted }: ProposalCommandContext): Command[] {
  const now = () => proposalStore.getState();
  const any = () => shownProposals(now()).length > 0;
  const onStage = () => document.activeElement === box.current;
  const target = () => now().focused ?? stage.current?.hoveredGhost ?? null;
  const walk = (step: 1 | -1): Command => ({
    id: step > 0 ? 'proposals.next' : 'proposals.previous',
    title: step > 0 ? 'proposals.command.next' : 'proposals.command.previous',
    ...(step > 0 ? { short: 'proposals.command.next-short' as const } : {}),
    section: 'points',
    keys: [step > 0 ? 'Tab' : 'Shift+Tab'],
    repeat: true,
    // Beyond the last one Tab goes on to the points and the controls, as always.
    enabled: () => onStage() && neighbourProposal(now(), step) !== null,
    run: () => {
      const proposal = neighbourProposal(now(), step);
      if (!proposal) return;
      control()?.focus(proposal.id);
      if (stage.current && !stage.current.camera.fit) stage.current.centreOn(proposal.xPct, proposal.yPct);
    },
  });
  const slide = (by: number): Command => ({
    id: by > 0 ? 'proposals.fewer' : 'proposals.more',
    title: by > 0 ? 'proposals.command.fewer' : 'proposals.command.more',
    section: 'points',
    keys: [by > 0 ? 'BracketRight' : 'BracketLeft'],
    repeat: true,
    enabled: () => now().proposed !== null,
    run: () => control()?.setThreshold(thresholdOf(now()) + by),
  });
  return [
    { id: 'proposals.toggle', title: 'proposals.command.toggle', section: 'points', keys: ['a'], enabled: canAsk, run: () => control()?.toggle() },
    {
      id: 'proposals.accept-all',
      title: 'proposals.command.accept-all',
      short: 'proposals.command.accept-all-short',
      section: 'points',
      keys: ['Shift+Enter'],
      enabled: any,
      run: () => {
        const count = control()?.accept(shownProposals(now()).map(({ id }) => id)) ?? 0;
        if (count > 0) accepted(count);
      },
    },
    walk(1),
    walk(-1),
    {
      id: 'proposals.accept',
      title: 'proposals.command.accept',
      short: 'proposals.command.accept-short',
      section: 'points',
      keys: ['Enter'],
      hidden: true,
      enabled: () => onStage() && now().focused !== null,
      run: () => {
        const { focused } = now();
        if (focused !== null) control()?.accept([focused]);
      },
    },
    {
      id: 'proposals.reject',
      title: 'proposals.command.reject',
      short: 'proposals.command.reject-short',
      section: 'points',
      keys: ['x'],
      hidden: true,
      enabled: () => any() && target() !== null,
      run: () => {
        const id = target();
        if (id !== null) control()?.reject(id);
      },
    },
    {
      id: 'proposals.take-back',
      title: 'proposals.command.take-back',
      section: 'points',
      keys: ['Shift+x'],
      enabled: () => now().rejected.length > 0,
      run: () => control()?.takeBack(),
    },
    {
      id: 'proposals.leave',
      title: 'proposals.command.leave',
      section: 'points',
      keys: ['Escape'],
      hidden: true,
      enabled: () => onStage() && now().focused !== null,
      run: () => control()?.focus(null),
    },
    slide(STEP),
    slide(-STEP),
    { id: 'proposals.heat', title: 'proposals.command.heat', section: 'points', keys: ['h'], run: () => setProposals({ heatShown: !now().heatShown }) },
  ];
}
