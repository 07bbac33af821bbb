/** What an export could not take as it is: left out, or written and worth a look. Nothing is dropped without one. */
export const leftOutReasons = [
  /** A label that was begun: said to be in the image, without a point. */
  'points-unfinished',
  /** Said not to be in the image, and yet with points (two copies of a project were merged). */
  'absent-with-points',
  'label-blank',
  'question-unanswered',
  'answer-unasked',
  /** An answer with a place to point at and no point there: not among the pointed answers. */
  'mark-without-points',
  /** Somebody typed `<|POINT|>` into an answer that points: its placeholders can't be told from the word. */
  'placeholder-in-text',
  /** A label with a point that an encoder proposed, or an answer from a language model's draft, where only people's own work was asked for. */
  'not-by-people',
  /** A text with a word that the profile's loader counts or replaces (`<image>`, `<bbox>`): its row would break. */
  'token-in-text',
  'image-missing',
  /** The file's bytes are no longer those that were imported. */
  'image-changed',
  'image-unreadable',
  /** Named where it is, and a reader would show it otherwise than people saw it: turned, CMYK, of a format that it does not know. */
  'image-needs-copy',
] as const;
export const keptReasons = [
  /** A double quote, angle bracket or line break: Molmo pastes labels into its tags as they are, and such a tag can't be parsed. */
  'label-unsafe',
  /** The same label twice on one image. */
  'label-repeated',
  /** More points than Molmo's training keeps of one label. */
  'many-points',
  /** A second or later question of a conversation: PixMo's schema has one question a row, so what came before is not in it. */
  'later-turn',
  /** Line breaks and tabs of a caption became spaces, as the profile's file can't hold them. */
  'text-on-one-line',
  /** Two copies of the project disagree, and nobody has settled it yet. */
  'unsettled-conflict',
] as const;
export type FindingReason = (typeof leftOutReasons)[number] | (typeof keptReasons)[number];

export interface Finding {
  readonly reason: FindingReason;
  /** The label or the question it is about; empty where it is about the image. */
  readonly detail: string;
}

/** Whether the data is in the export all the same. */
export function isKept(reason: FindingReason): boolean {
  return (keptReasons as readonly string[]).includes(reason);
}
