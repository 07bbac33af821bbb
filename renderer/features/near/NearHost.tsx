/** Near-duplicates, wherever in a project one is. */
import type { ReactElement } from 'react';
import { useDialog } from '../../stores/dialogs.ts';
import { laterChunk } from '../../ui/screen-chunk.tsx';

const nearDialog = laterChunk(async () => (await import('./NearDialog.tsx')).NearDialog);

export function NearHost(): ReactElement | null {
  return useDialog('near') ? <nearDialog.Screen waiting={null} /> : null;
}
