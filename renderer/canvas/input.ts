/** Turns pointer, wheel and key events into what a person means: pan, zoom, place, drag, select. Knows nothing of drawing. */

/** What input needs of the stage. */
export interface InputTarget {
  tool(): 'pan' | 'point';
  /** Whether Space held moves the view; else Space means something else for now. */
  spacePans(): boolean;
  /** The point under the cursor, or -1. */
  hit(clientX: number, clientY: number): number;
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, at: { clientX: number; clientY: number }): void;
  /** A click on nothing; `leftTextField`: it also took the focus from a text field. */
  clickEmpty(at: { clientX: number; clientY: number; leftTextField: boolean }): void;
  clickPoint(index: number, add: boolean): void;
  startDrag(index: number): boolean;
  /** CSS pixels from where the drag began. */
  drag(dx: number, dy: number): void;
  endDrag(keep: boolean): void;
  hover(at: { clientX: number; clientY: number } | null): void;
}

/** CSS pixels before a press becomes a drag. */
const dragThreshold = 3;
/** A second click this soon and this near is half of a double click. */
const doubleClick = { withinMs: 250, withinPx: 4 } as const;
/** A wheel notch (100 to 120 units) zooms by about 1.2; a pinch on a trackpad sends small steps with ctrl. */
const wheelRate = 0.0016;
const pinchRate = 0.01;
const lineUnits = 33;

interface Gesture {
  kind: 'press' | 'pan' | 'drag';
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  lastX: number;
  lastY: number;
  readonly hit: number;
  /** The middle button, or Space held: pans with any tool. */
  readonly panOnly: boolean;
  readonly leftTextField: boolean;
}

/** Listens on `element` until the returned function is called. */
export function listen(element: HTMLElement, target: InputTarget): () => void {
  const abort = new AbortController();
  const options = { signal: abort.signal };
  const touches = new Map<number, { x: number; y: number }>();
  let gesture: Gesture | null = null;
  let spaceHeld = false;
  let inside = false;
  let lastPlaced = { x: 0, y: 0, at: -Infinity };

  const showCursor = (overPoint: boolean): void => {
    const panning = gesture?.kind === 'pan' || (gesture?.panOnly ?? false);
    const idle = target.tool() === 'point' && !spaceHeld ? (overPoint ? 'pointer' : 'crosshair') : 'grab';
    element.style.cursor = panning || gesture?.kind === 'drag' ? 'grabbing' : idle;
  };

  const finish = (keep: boolean): void => {
    const ended = gesture;
    gesture = null;
    if (ended && element.hasPointerCapture(ended.pointerId)) element.releasePointerCapture(ended.pointerId);
    if (ended?.kind === 'drag') target.endDrag(keep);
    showCursor(false);
  };

  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (touches.size === 2) return finish(false);
    if (gesture || event.button > 1) return;
    const panOnly = event.button === 1 || spaceHeld;
    gesture = {
      kind: 'press',
      pointerId: event.pointerId,
      startX: event.clientX,
      startY: event.clientY,
      lastX: event.clientX,
      lastY: event.clientY,
      // with ctrl a click places a point also on top of another
      hit: panOnly || ((event.ctrlKey || event.metaKey) && target.tool() === 'point') ? -1 : target.hit(event.clientX, event.clientY),
      panOnly,
      leftTextField: isTextField(document.activeElement),
    };
    element.setPointerCapture(event.pointerId);
    showCursor(gesture.hit >= 0);
  };

  const move = (event: PointerEvent): void => {
    inside = true;
    if (touches.has(event.pointerId) && touches.size === 2) return pinch(event);
    if (!gesture) {
      target.hover({ clientX: event.clientX, clientY: event.clientY });
      return;
    }
    if (event.pointerId !== gesture.pointerId) return;
    if (gesture.kind === 'press' && Math.hypot(event.clientX - gesture.startX, event.clientY - gesture.startY) >= dragThreshold) {
      const dragsPoint = gesture.hit >= 0 && target.tool() === 'point' && target.startDrag(gesture.hit);
      gesture.kind = dragsPoint ? 'drag' : 'pan';
      target.hover(null);
      showCursor(false);
    }
    if (gesture.kind === 'pan') target.panBy(event.clientX - gesture.lastX, event.clientY - gesture.lastY);
    if (gesture.kind === 'drag') target.drag(event.clientX - gesture.startX, event.clientY - gesture.startY);
    if (gesture.kind === 'press') return;
    gesture.lastX = event.clientX;
    gesture.lastY = event.clientY;
  };

  /** Two fingers: their distance zooms, their middle pans. */
  const pinch = (event: PointerEvent): void => {
    const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
    const before = touches.get(event.pointerId);
    if (!other || !before) return;
    const ratio = Math.hypot(event.clientX - other.x, event.clientY - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    target.panBy((event.clientX - before.x) / 2, (event.clientY - before.y) / 2);
    target.zoomBy(ratio, {
      clientX: (event.clientX + other.x) / 2,
      clientY: (event.clientY + other.y) / 2,
    });
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };

  const up = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    const pressed = gesture;
    if (!pressed || event.pointerId !== pressed.pointerId) return;
    finish(true);
    if (pressed.kind !== 'press' || pressed.panOnly) return;
    if (pressed.hit >= 0) return target.clickPoint(pressed.hit, event.shiftKey);
    const near = Math.hypot(pressed.startX - lastPlaced.x, pressed.startY - lastPlaced.y) < doubleClick.withinPx;
    if (target.tool() === 'point' && near && event.timeStamp - lastPlaced.at < doubleClick.withinMs) return;
    lastPlaced = { x: pressed.startX, y: pressed.startY, at: event.timeStamp };
    // where the press began: a hand moves a pixel or two while it clicks
    target.clickEmpty({
      clientX: pressed.startX,
      clientY: pressed.startY,
      leftTextField: pressed.leftTextField,
    });
  };

  const lost = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (gesture?.pointerId === event.pointerId) finish(false);
  };

  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineUnits : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
    if (event.shiftKey && !event.ctrlKey) return target.panBy(-(event.deltaX || event.deltaY) * unit, event.deltaX ? -event.deltaY * unit : 0);
    const rate = event.ctrlKey && event.deltaMode === WheelEvent.DOM_DELTA_PIXEL && Math.abs(event.deltaY) < 50 ? pinchRate : wheelRate;
    const factor = Math.min(2, Math.max(0.5, Math.exp(-event.deltaY * unit * rate)));
    if (factor !== 1) target.zoomBy(factor, event);
  };

  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && gesture) {
      event.stopPropagation();
      event.preventDefault();
      finish(false);
    }
    if (event.code !== 'Space' || event.isComposing || !inside || !target.spacePans() || takesSpace(event.target)) return;
    event.preventDefault();
    spaceHeld = true;
    showCursor(false);
  };

  const keyUp = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || !spaceHeld) return;
    spaceHeld = false;
    showCursor(false);
  };

  element.addEventListener('pointerdown', down, options);
  element.addEventListener('pointermove', move, options);
  element.addEventListener('pointerup', up, options);
  element.addEventListener('pointercancel', lost, options);
  element.addEventListener('lostpointercapture', lost, options);
  element.addEventListener('pointerenter', () => showCursor(false), options);
  element.addEventListener(
    'pointerleave',
    () => {
      inside = false;
      target.hover(null);
    },
    options,
  );
  // the middle button would start automatic scrolling
  element.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), options);
  element.addEventListener('wheel', wheel, { ...options, passive: false });
  window.addEventListener('keydown', keyDown, { ...options, capture: true });
  window.addEventListener('keyup', keyUp, { ...options, capture: true });
  window.addEventListener('blur', () => (spaceHeld = false), options);
  return () => abort.abort();
}

function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLInputElement) return !['button', 'checkbox', 'radio', 'range', 'submit', 'color', 'file'].includes(element.type);
  return element instanceof HTMLElement && element.isContentEditable;
}

/** Where Space means something else: text, and controls that it presses. */
function takesSpace(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    isTextField(target) ||
    target.closest('button, a, input, select, summary, [role=button], [role=option], [role=checkbox], [role=switch], [role=tab]') !== null
  );
}
