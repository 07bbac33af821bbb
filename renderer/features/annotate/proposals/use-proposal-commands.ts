/** Has proposals asked for while the screen shows this image, and registers their keys. */
import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { labelSets } from '../../../../shared/domain/point-mark.ts';
import type { Stage } from '../../../canvas/stage-api.ts';
import { useCommands } from '../../../commands/registry.ts';
import { useAnnotate } from '../context.ts';
import { setScreen } from '../screen-state.ts';
import { proposalCommands } from './proposal-commands.ts';
import { createProposalControl, type ProposalControl } from './proposal-control.ts';
import { proposalStore } from './proposal-store.ts';

let control: ProposalControl | null = null;
/** The open screen's, or null. */
export const proposalControl = (): ProposalControl | null => control;

/** Call it after the screen's other commands: while proposals are shown, Tab and Enter are theirs. `registeredWith`: what those are registered anew for. */
export function useProposalCommands(imageId: string, stage: RefObject<Stage | null>, box: RefObject<HTMLDivElement | null>, registeredWith: unknown): void {
  const { t } = useTranslation();
  const { editor, host, fields, me } = useAnnotate();
  useEffect(() => {
    const made = createProposalControl(host.client, editor, imageId);
    control = made;
    return () => {
      made.stop();
      if (control === made) control = null;
    };
  }, [host, editor, imageId]);
  useCommands(
    proposalCommands({
      control: proposalControl,
      stage,
      box,
      canAsk: () => {
        const { about } = proposalStore.getState();
        return about?.encoder != null && !about.hidden && labelSets(editor.store.getState().doc).length > 0;
      },
      accepted: (count) => setScreen({ line: t('proposals.accepted', { count }) }),
    }),
    [editor, stage, box, t, fields, me, registeredWith],
  );
}
