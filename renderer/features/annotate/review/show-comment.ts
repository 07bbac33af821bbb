import { type Comment, type Doc, statusOf } from '../../../../shared/domain/model.ts';
import { findQuote } from '../../../../shared/domain/review.ts';
import type { Editor } from '../../../stores/editor.ts';
import type { Fields } from '../fields.ts';
import { setScreen } from '../screen-state.ts';

const textOf = (doc: Doc, id: string) => [...doc.caption, ...doc.turn].find((row) => row.id === id)?.text;

/** Goes to where a comment is pinned: its words are selected, its point is, or its label shows. */
export function showComment(editor: Editor, fields: Fields, comment: Comment): void {
  const { doc } = editor.store.getState();
  const { targetKind, targetId } = comment;
  if (targetId === statusOf(doc).id) return;
  if (targetKind === 'point') return setScreen({ tab: 'points', selection: doc.point.some((row) => row.id === targetId) ? [targetId] : [] });
  if (targetKind === 'pointSet') return setScreen({ tab: 'points', activeLabel: doc.pointSet.find((row) => row.id === targetId)?.label ?? null });
  setScreen(targetKind === 'caption' ? { tab: 'caption', openCaption: targetId } : { tab: 'questions' });
  const text = textOf(doc, targetId);
  if (text === undefined) return;
  const found = findQuote(text, comment);
  fields.focus(targetId, found?.to ?? null);
  // The field may only appear with the tab.
  requestAnimationFrame(() => select(targetId, found));
}

function select(id: string, found: { from: number; to: number } | null): void {
  if (!found) return;
  const field = document.querySelector(`[data-row="${CSS.escape(id)}"]`);
  if (field instanceof HTMLTextAreaElement) {
    field.focus();
    field.setSelectionRange(found.from, found.to);
    return;
  }
  const node = document.querySelector(`[data-caption="${CSS.escape(id)}"] p`)?.firstChild;
  if (!(node instanceof Text) || found.to > node.length) return;
  const range = document.createRange();
  range.setStart(node, found.from);
  range.setEnd(node, found.to);
  window.getSelection()?.removeAllRanges();
  window.getSelection()?.addRange(range);
  node.parentElement?.scrollIntoView({ block: 'nearest' });
}
