/** What a language model proposed as an answer, and what the person said of it. Kept apart from people's work: an answer names the draft it came from. */

export const verdicts = ['accepted', 'edited', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];

/** A message as it was sent to the model. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}
export interface Draft {
  readonly id: string;
  readonly threadId: string;
  readonly questionTurnId: string;
  readonly model: string;
  readonly endpoint: string;
  /** Everything the model was given. */
  readonly prompt: readonly ChatMessage[];
  readonly text: string;
  /** What was wrong with the draft before, when this one was asked for. */
  readonly complaint: string | null;
  readonly previousId: string | null;
  readonly verdict: Verdict | 'open';
  readonly askedBy: string;
  readonly askedAt: number;
  readonly settledAt: number | null;
}
