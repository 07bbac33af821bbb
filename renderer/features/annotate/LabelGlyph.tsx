import type { ReactElement } from 'react';
import { labelStyle, SHAPE_PATHS } from '../../ui/label-style.ts';

/** The label's marker, small, as it stands on the image. */
export function LabelGlyph({ index, absent = false }: { index: number; absent?: boolean }): ReactElement {
  const { color, shape } = labelStyle(index);
  return (
    <svg width="14" height="14" viewBox="-12 -12 24 24" aria-hidden="true">
      <path d={SHAPE_PATHS[shape % SHAPE_PATHS.length]} fill={absent ? 'none' : color} stroke={color} strokeWidth={absent ? 3 : 0} />
    </svg>
  );
}
