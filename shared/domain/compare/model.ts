/** Comparing two texts at a time: what is compared, and what people chose. Texts of models are never people's work and are kept apart from it. */
export const compareKinds = ['caption', 'answer'] as const;
export type CompareKind = (typeof compareKinds)[number];
/** `bad`: neither is any good. */
export const outcomes = ['left', 'right', 'tie', 'bad'] as const;
export type Outcome = (typeof outcomes)[number];
export const sourceOrigins = ['model', 'person', 'release'] as const;

/** Texts of one model, one person or one release, as they were when they were taken in. */
export interface CompareSource {
  readonly id: string;
  readonly kind: CompareKind;
  readonly name: string;
  readonly origin: (typeof sourceOrigins)[number];
  /** The file's name, the person's id, the release's name. */
  readonly detail: string;
  /** sha256 of the file, or of the texts. */
  readonly hash: string;
  readonly texts: number;
  readonly createdAt: number;
}
export interface Comparison {
  readonly id: string;
  readonly name: string;
  readonly kind: CompareKind;
  readonly sourceIds: readonly string[];
  readonly seed: number;
  /** Every so-manieth pair is one the person saw before, the other way round; 0: none. */
  readonly repeatEvery: number;
  readonly createdAt: number;
  /** Choices by everybody, and by the person who asks. */
  readonly choices: number;
  readonly mine: number;
}
/** One choice as it was logged, with the order that was shown. */
export interface Choice {
  readonly id: string;
  readonly sha256: string;
  readonly question: string;
  readonly leftId: string;
  readonly rightId: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly personId: string;
  readonly at: number;
  /** The choice that this pair was seen in before. */
  readonly repeatOf: string | null;
}
/** What can be compared on one image: its caption, or its answers to one question. */
export interface CompareItem {
  readonly sha256: string;
  /** '' for captions. */
  readonly question: string;
  /** Sources that have a text. */
  readonly sourceIds: readonly string[];
}
/** A pair as a person is shown it: without a word of where the texts are from. */
export interface ShownPair {
  /** Names this pair at this moment. */
  readonly token: string;
  readonly image: { readonly id: string; readonly sha256: string; readonly name: string };
  readonly question: string;
  readonly left: string;
  readonly right: string;
}

/** Two texts that hold the same words are no pair to choose from. */
export const sameText = (a: string, b: string): boolean => a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();
