/** What was written on an image as conversations, which every chat format writes in its own notation. */
import type { Doc } from '../../domain/model.ts';
import { answerParts } from '../../domain/point-mark.ts';
import type { Xy } from '../columns.ts';
import type { Finding } from '../findings.ts';
import type { SizePx } from '../grammar/coordinates.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { captionsOf, documentFindings, labelledPointsOf, pairsOf, placeOf } from '../work.ts';

/** A phrase of an answer with its points. */
export interface PointedPhrase {
  readonly phrase: string;
  readonly points: readonly Xy[];
}
export type Answer =
  /** Words, some of which point. */
  | { readonly kind: 'words'; readonly parts: readonly (string | PointedPhrase)[] }
  /** The points of a label are the answer. */
  | { readonly kind: 'label'; readonly label: string; readonly points: readonly Xy[]; readonly method: 'pointing' | 'counting' };
export interface Turn {
  readonly question: string;
  readonly answer: Answer;
}
/** A conversation about one image. `id` says what it is and which of its kind: it is how an import knows a caption from a question. */
export interface Exchange {
  readonly id: string;
  readonly kind: 'caption' | 'question' | 'points';
  readonly turns: readonly Turn[];
}
export interface Exchanges {
  readonly list: readonly Exchange[];
  readonly findings: readonly Finding[];
}

/** What a person would have asked for what is not an answer to a question. Plain, and the same each time: vary them where you train. */
export const prompts = {
  caption: 'Describe this image in detail.',
  pointing: (label: string) => `Point to every ${label} in the image. Say "There are none." if it is not in the image.`,
  counting: (label: string) => `How many ${label} are in the image? Point to each, then give the total.`,
};

/** Captions, conversations and labels of an image, in this order, each oldest first. */
export function exchangesOf(doc: Doc): Exchanges {
  const captions = captionsOf(doc).map((text, at): Exchange => ({
    id: `caption-${at}`,
    kind: 'caption',
    turns: [{ question: prompts.caption, answer: words([text]) }],
  }));
  const asked = pairsOf(doc);
  const sets = new Map(doc.pointSet.map((set) => [set.id, set]));
  const threads = new Map<string, Turn[]>();
  for (const { question, answer, text } of asked.items) {
    const parts = answerParts(answer.text).flatMap((part): (string | PointedPhrase)[] => {
      if ('text' in part) return [part.text.toWellFormed()];
      const set = sets.get(part.setId);
      if (!set) return [];
      const place = placeOf(doc, set.id, set.label);
      return [place.points.length === 0 ? place.phrase : place];
    });
    const turns = threads.get(question.threadId) ?? [];
    threads.set(question.threadId, turns);
    turns.push({ question: text.question, answer: words(trimmed(parts)) });
  }
  const questions = [...threads.values()].map((turns, at): Exchange => ({ id: `question-${at}`, kind: 'question', turns }));
  const pointed = labelledPointsOf(doc);
  const points = pointed.items.map(({ label, points: list, method }, at): Exchange => ({
    id: `points-${at}`,
    kind: 'points',
    turns: [{ question: prompts[method](label), answer: { kind: 'label', label, points: list, method } }],
  }));
  // Conversations keep their turns together here: nothing that came before is lost.
  const findings = [...asked.findings.filter((finding) => finding.reason !== 'later-turn'), ...pointed.findings, ...documentFindings(doc)];
  return { list: [...captions, ...questions, ...points], findings };
}

const words = (parts: readonly (string | PointedPhrase)[]): Answer => ({ kind: 'words', parts });

/** Without the white space around the whole sentence, as `exportText` has it. */
function trimmed(parts: (string | PointedPhrase)[]): (string | PointedPhrase)[] {
  const joined: (string | PointedPhrase)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  if (typeof joined[0] === 'string') joined[0] = joined[0].trimStart();
  const last = joined.length - 1;
  if (typeof joined[last] === 'string') joined[last] = (joined[last] as string).trimEnd();
  return joined.filter((part) => part !== '');
}

/** An answer in the grammar of a family of models. */
export function answerText(answer: Answer, grammar: Grammar, size: SizePx): string {
  if (answer.kind === 'label') return grammar.answer(answer.points, answer.label, answer.method, size);
  return answer.parts.map((part) => (typeof part === 'string' ? part : grammar.inline(part.points, part.phrase, size))).join('');
}

/** Words that a loader counts or replaces: literally in a text they break its row. */
export function holdsToken(exchange: Exchange, tokens: readonly string[]): boolean {
  const held = (text: string) => tokens.some((token) => text.includes(token));
  return exchange.turns.some(
    ({ question, answer }) =>
      held(question) || (answer.kind === 'label' ? held(answer.label) : answer.parts.some((part) => held(typeof part === 'string' ? part : part.phrase))),
  );
}
