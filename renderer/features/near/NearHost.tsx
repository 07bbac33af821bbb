/** Near-duplicates, wherever in a project one is. */
import type { ReactElement } from 'react';
import { useDialog } from '../../stores/dialogs.ts';
import { NearDialog } from './NearDialog.tsx';

export function NearHost(): ReactElement | null {
  return useDialog('near') ? <NearDialog /> : null;
}
