/**
 * An answer's text in an editable element: words are text nodes, each mark is one element that can't be entered. Offsets count UTF-16 units of the answer's
 * text, in which a mark is as long as it is stored. A zero-width space stands where the caret must be able to stand beside a chip and no word is.
 */
import { answerParts, pointMark } from '../../../shared/domain/point-mark.ts';

const GAP = '\u200b';
/** The words that a chip which is not in the text yet stands for. */
export interface Ghost {
  readonly setId: string;
  readonly from: number;
  readonly until: number;
}
export type MakeChip = (setId: string, isGhost: boolean) => HTMLElement;

type Piece = { readonly text: string } | { readonly setId: string; readonly raw: string; readonly isGhost: boolean };

function piecesOf(text: string, ghost: Ghost | null): Piece[] {
  const split = (part: string): Piece[] => answerParts(part).map((one) => ('setId' in one ? { ...one, raw: pointMark(one.setId), isGhost: false } : one));
  if (!ghost) return split(text);
  const { setId, from, until } = ghost;
  return [...split(text.slice(0, from)), { setId, raw: text.slice(from, until), isGhost: true }, ...split(text.slice(until))];
}

/** Text nodes and chips in turn, beginning and ending with a text node. */
function withGaps(pieces: readonly Piece[]): Piece[] {
  const list: Piece[] = [];
  for (const piece of pieces) {
    if ('setId' in piece && (list.length === 0 || 'setId' in list.at(-1)!)) list.push({ text: GAP });
    list.push(piece);
  }
  if (list.length > 0 && 'setId' in list.at(-1)!) list.push({ text: GAP });
  return list;
}

/** Shows a text. What is shown already stays the same nodes, so that the caret and the marks of a spell-check stay where they are. */
export function showAnswer(element: HTMLElement, text: string, ghost: Ghost | null, makeChip: MakeChip): void {
  const pieces = withGaps(piecesOf(text, ghost));
  let node: ChildNode | null = element.firstChild;
  for (const piece of pieces) {
    if ('text' in piece) {
      if (node instanceof Text) {
        if (node.data !== piece.text) node.data = piece.text;
        node = node.nextSibling;
      } else element.insertBefore(document.createTextNode(piece.text), node);
    } else {
      const key = `${piece.isGhost ? 'ghost ' : ''}${piece.setId}`;
      if (node instanceof HTMLElement && node.dataset['mark'] === key && node.dataset['raw'] === piece.raw) node = node.nextSibling;
      else {
        const chip = makeChip(piece.setId, piece.isGhost);
        chip.contentEditable = 'false';
        Object.assign(chip.dataset, { mark: key, raw: piece.raw, set: piece.setId });
        element.insertBefore(chip, node);
      }
    }
  }
  while (node) {
    const next: ChildNode | null = node.nextSibling;
    node.remove();
    node = next;
  }
  // The last line of a text that ends with a line break is shown only with something in it.
  if (text.endsWith('\n')) element.append(document.createElement('br'));
}

const lengthOf = (node: Node): number => textOf(node).length;
function textOf(node: Node): string {
  if (node instanceof Text) return node.data.replaceAll(GAP, '').replaceAll('\u00a0', ' ');
  if (!(node instanceof HTMLElement)) return '';
  if (node.dataset['raw'] !== undefined) return node.dataset['raw'];
  if (node instanceof HTMLBRElement) return node.nextSibling && node.nextSibling.nodeName !== 'BR' ? '\n' : '';
  return [...node.childNodes].map(textOf).join('');
}

/** The text that an element shows. */
export const shownAnswer = (element: HTMLElement): string => [...element.childNodes].map(textOf).join('');

/** The offset of a place in the element; a place inside a chip is behind it. */
export function offsetOf(element: HTMLElement, node: Node, offset: number): number {
  if (node === element) return [...element.childNodes].slice(0, offset).reduce((sum, child) => sum + lengthOf(child), 0);
  let child = node;
  while (child.parentNode && child.parentNode !== element) child = child.parentNode;
  if (child.parentNode !== element) return 0;
  let sum = 0;
  for (let before = child.previousSibling; before; before = before.previousSibling) sum += lengthOf(before);
  if (child instanceof Text) return sum + child.data.slice(0, offset).replaceAll(GAP, '').length;
  return sum + lengthOf(child);
}

/** What is selected, or null where the selection is elsewhere. */
export function selectionIn(element: HTMLElement): { readonly start: number; readonly end: number } | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  return { start: offsetOf(element, range.startContainer, range.startOffset), end: offsetOf(element, range.endContainer, range.endOffset) };
}

/** Puts the caret at an offset; at the border of a chip it goes into the text beside it. */
export function putCaret(element: HTMLElement, at: number): void {
  let rest = at;
  for (const child of element.childNodes) {
    const length = lengthOf(child);
    if (child instanceof Text && rest <= length) return document.getSelection()?.collapse(child, child.data === GAP ? 1 : rest);
    rest -= length;
  }
  document.getSelection()?.collapse(element, element.childNodes.length);
}
