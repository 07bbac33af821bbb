/** What a comment would be pinned to now: the words that are selected, the row that has the focus, a selected point, else the image. */
import type { Doc } from '../../../../shared/domain/model.ts';
import type { Pin } from '../../../../shared/domain/review.ts';
import { statusOf } from '../../../../shared/domain/model.ts';

/** Longest quote that is kept with a comment. */
const MAX_QUOTE = 500;

const kindOf = (doc: Doc, id: string): Pin['targetKind'] | null =>
  doc.caption.some((row) => row.id === id) ? 'caption' : doc.turn.some((row) => row.id === id) ? 'turn' : null;

function quoted(doc: Doc, id: string, text: string, from: number, to: number): Pin | null {
  const kind = kindOf(doc, id);
  if (!kind) return null;
  const quote = text.slice(from, to).slice(0, MAX_QUOTE).toWellFormed();
  return quote.trim() === '' ? { targetKind: kind, targetId: id } : { targetKind: kind, targetId: id, quote, at: from };
}

export function pinNow(doc: Doc, selectedPoint: string | undefined): Pin {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement && field.dataset['row']) {
    const pin = quoted(doc, field.dataset['row'], field.value, field.selectionStart, field.selectionEnd);
    if (pin) return pin;
  }
  const selection = window.getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  const at = range?.startContainer.parentElement?.closest<HTMLElement>('[data-caption], [data-row]');
  const id = at?.dataset['caption'] ?? at?.dataset['row'];
  if (range && id !== undefined && (!range.collapsed || at === field)) {
    // The text of another's caption is one node; in an answer the words are looked for.
    const words = range.toString();
    const text = [...doc.caption, ...doc.turn].find((row) => row.id === id)?.text ?? '';
    const from = range.startContainer.textContent === text ? range.startOffset : Math.max(text.indexOf(words), 0);
    const pin = quoted(doc, id, text, from, from + words.length);
    if (pin) return text.slice(from, from + words.length) === words ? pin : { targetKind: pin.targetKind, targetId: id };
  }
  if (selectedPoint !== undefined) return { targetKind: 'point', targetId: selectedPoint };
  return { targetKind: 'image', targetId: statusOf(doc).id };
}
