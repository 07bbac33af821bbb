/** The grid's layout for the width it has, the card size the person chose and the UI scale. */
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { useSession } from '../../stores/session.ts';
import { GRID_PADDING, type GridLayout, gridLayout } from './grid-math.ts';

/** Null until the element has a width. The same object while nothing changes. */
export function useGridLayout(scroller: RefObject<HTMLElement | null>): GridLayout | null {
  const [widthPx, setWidth] = useState(0);
  const cardSize = useSession((session) => session.cardSize);
  const uiScale = useSession((session) => session.uiScale);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return useMemo(() => (widthPx > 0 ? gridLayout(widthPx - 2 * GRID_PADDING, cardSize * uiScale, uiScale) : null), [widthPx, cardSize, uiScale]);
}
