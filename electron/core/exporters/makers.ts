/** Who and what made the work of an export: people, encoders whose proposals were taken, language models whose drafts were. */
import type { ExportItem } from '../../../shared/formats/source.ts';

export interface Makers {
  /** People who wrote or pointed. */
  readonly people: number;
  /** Images on which two people or more did. */
  readonly sharedImages: number;
  /** Points that came from proposals, by encoder. */
  readonly encoders: Readonly<Record<string, number>>;
  /** Answers that came from drafts, by model. */
  readonly languageModels: Readonly<Record<string, number>>;
}

export class MakersCount {
  readonly #people = new Set<string>();
  readonly #encoders = new Map<string, number>();
  readonly #models = new Map<string, number>();
  #sharedImages = 0;

  add({ doc, drafts = [], proposers }: ExportItem): void {
    const own = new Set([...doc.caption, ...doc.thread, ...doc.pointSet].map((row) => row.authorId));
    for (const person of own) this.#people.add(person);
    if (own.size > 1) this.#sharedImages++;
    for (const { proposalId } of doc.point) if (proposalId !== undefined) count(this.#encoders, proposers?.get(proposalId) ?? 'unknown');
    const models = new Map(drafts.map((draft) => [draft.id, draft.model]));
    for (const { draftId } of doc.turn) if (draftId !== undefined) count(this.#models, models.get(draftId) ?? 'unknown');
  }

  get all(): Makers {
    const sorted = (map: Map<string, number>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { people: this.#people.size, sharedImages: this.#sharedImages, encoders: sorted(this.#encoders), languageModels: sorted(this.#models) };
  }
}

const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
