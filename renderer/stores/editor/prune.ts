/** Rows that a person opened and left empty; they go when the person moves on. */
import { removeCaption, removeLostSets, removeThread, turnsOf } from '../../../shared/domain/authoring.ts';
import type { Doc, Turn } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';

const blank = (text: string) => text.trim() === '';

/** The questions with their answers of one conversation, in order. */
export function pairsOf(doc: Doc, threadId: string): Turn[][] {
  const turns = turnsOf(doc, threadId);
  return Array.from({ length: Math.ceil(turns.length / 2) }, (_, index) => turns.slice(index * 2, index * 2 + 2));
}

/** Ops that remove every caption without text and every question-and-answer pair without either, of this author. */
export function pruneOps(doc: Doc, authorId: string): Op[] {
  const captions = doc.caption.filter((row) => row.authorId === authorId && blank(row.text)).flatMap((row) => removeCaption(doc, row.id));
  const threads = doc.thread
    .filter((row) => row.authorId === authorId)
    .flatMap((row) => {
      const pairs = pairsOf(doc, row.id);
      const empty = pairs.filter((pair) => pair.every((turn) => blank(turn.text)));
      if (empty.length === pairs.length) return removeThread(doc, row.id);
      return empty.flat().map((turn): Op => ({ op: 'remove', kind: 'turn', row: turn }));
    });
  return [...captions, ...threads, ...removeLostSets(doc, authorId)];
}
