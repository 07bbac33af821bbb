/** The command that opens the report on proposals, and the report while it is open. */
import type { ReactElement } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs.ts';
import { ProposalReportDialog } from './ProposalReportDialog.tsx';

export function ProposalReportHost(): ReactElement | null {
  const isOpen = useDialog('proposal-report');
  useCommands([{ id: 'project.proposal-report', title: 'proposal-report.command', section: 'project', run: () => openDialog('proposal-report') }], []);
  return isOpen ? <ProposalReportDialog onClose={closeDialog} /> : null;
}
