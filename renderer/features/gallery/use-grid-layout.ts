/** The grid's layout for the width it has, the card size the person chose and the UI scale. */
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { useSession } from '../../stores/session.ts';
import { type GridLayout, gridLayout } from './grid-math.ts';

/** Null until the element has a width. The same object while nothing changes. */
export function useGridLayout(scroller: RefObject<HTMLElement | null>): GridLayout | null {
  const [size, setSize] = useState({ widthPx: 0, scrollBarPx: 0 });
  const cardSize = useSession((session) => session.cardSize);
  const uiScale = useSession((session) => session.uiScale);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const now = { widthPx: element.offsetWidth, scrollBarPx: element.offsetWidth - element.clientWidth };
      setSize((before) => (before.widthPx === now.widthPx && before.scrollBarPx === now.scrollBarPx ? before : now));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return useMemo(() => (size.widthPx > 0 ? gridLayout(size.widthPx, cardSize * uiScale, size.scrollBarPx, uiScale) : null), [size, cardSize, uiScale]);
}
