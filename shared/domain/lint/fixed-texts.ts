/** What a fix does to a document, in words that a preview can show. */
import type { Doc } from '../model.ts';
import { pointedLabels, type WrittenText, textsOf } from './texts.ts';

/** One text or label before and after; null where it is not there. Labels say how many points they have. */
export interface FixedText {
  readonly role: WrittenText['role'];
  readonly before: string | null;
  readonly after: string | null;
  readonly pointsBefore?: number;
  readonly pointsAfter?: number;
}

/** Texts and labels that differ between two states of an image, in their order. */
export function fixedTexts(before: Doc, after: Doc): FixedText[] {
  const points = (doc: Doc) => new Map(pointedLabels(doc).map((set) => [set.id, set.points.length]));
  const [was, is] = [points(before), points(after)];
  const then = new Map(textsOf(before).map((text) => [text.id, text]));
  const now = new Map(textsOf(after).map((text) => [text.id, text]));
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((id): FixedText[] => {
    const [a, b] = [then.get(id), now.get(id)];
    if (a?.text === b?.text && was.get(id) === is.get(id)) return [];
    const { role } = (a ?? b)!;
    const counts = role === 'label' ? { pointsBefore: was.get(id) ?? 0, pointsAfter: is.get(id) ?? 0 } : {};
    return [{ role, before: a?.text ?? null, after: b?.text ?? null, ...counts }];
  });
}
