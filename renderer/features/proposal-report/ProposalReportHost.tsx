/** The command that opens the report on proposals, and the report while it is open. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs.ts';
import { laterChunk } from '../../ui/screen-chunk.tsx';

const proposalReportDialog = laterChunk(async () => (await import('./ProposalReportDialog.tsx')).ProposalReportDialog);

export function ProposalReportHost(): ReactElement | null {
  const isOpen = useDialog('proposal-report');
  useCommands([{ id: 'project.proposal-report', title: 'proposal-report.command', section: 'project', run: () => openDialog('proposal-report') }], []);
  return isOpen ? <proposalReportDialog.Screen waiting={null} onClose={closeDialog} /> : null;
}
