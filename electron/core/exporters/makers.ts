/** Who and what made the work of an export: people, encoders whose proposals were taken, language models whose drafts were. */
import { compareImage } from '../../../shared/domain/agreement/compare.ts';
import { DEFAULT_RADIUS_PCT } from '../../../shared/domain/agreement/points.ts';
import { type AgreementFigure, type ComparedImage, figureOf, measures, slicesOf } from '../../../shared/domain/agreement/summary.ts';
import { parentsOf } from '../../../shared/domain/adjudication.ts';
import type { Doc } from '../../../shared/domain/model.ts';
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
  /** Captions, conversations and labels that a person settled where two had differed. */
  readonly adjudicated: number;
  /** Images of which other tools' files told something, by format; of a release nothing is told, as what was imported since is not known apart. */
  readonly imported: Readonly<Record<string, number>>;
  /** How far two people agree on these images, each figure with its interval; empty where nothing was annotated twice. */
  readonly agreement: readonly AgreementFigure[];
}

export class MakersCount {
  readonly #people = new Set<string>();
  readonly #encoders = new Map<string, number>();
  readonly #models = new Map<string, number>();
  readonly #compared: ComparedImage[] = [];
  readonly #imported = new Map<string, number>();
  #sharedImages = 0;
  #adjudicated = 0;

  /** `whole`: the document with what was adjudicated since. */
  add({ doc, image, drafts = [], proposers, whole = doc, imported = [] }: ExportItem & { readonly whole?: Doc; readonly imported?: readonly string[] }): void {
    const own = new Set([...whole.caption, ...whole.thread, ...whole.pointSet].map((row) => row.authorId));
    if (own.size > 1) this.#compared.push({ imageId: image.id, ...compareImage(whole, image, DEFAULT_RADIUS_PCT) });
    for (const person of own) this.#people.add(person);
    if (own.size > 1) this.#sharedImages++;
    for (const { proposalId } of doc.point) if (proposalId !== undefined) count(this.#encoders, proposers?.get(proposalId) ?? 'unknown');
    this.#adjudicated += [...doc.caption, ...doc.thread, ...doc.pointSet].filter((row) => parentsOf(row).length > 0).length;
    for (const format of imported) count(this.#imported, format);
    const models = new Map(drafts.map((draft) => [draft.id, draft.model]));
    for (const { draftId } of doc.turn) if (draftId !== undefined) count(this.#models, models.get(draftId) ?? 'unknown');
  }

  get all(): Makers {
    const sorted = (map: Map<string, number>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      people: this.#people.size,
      sharedImages: this.#sharedImages,
      encoders: sorted(this.#encoders),
      languageModels: sorted(this.#models),
      adjudicated: this.#adjudicated,
      imported: sorted(this.#imported),
      agreement: agreementOf(this.#compared),
    };
  }
}

/** The figures over all images, in the order of their ids, so that the same work gives the same bytes. */
function agreementOf(images: readonly ComparedImage[]): AgreementFigure[] {
  const slices = slicesOf(
    images.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1)),
    'all',
  ).get('');
  return measures.flatMap((measure) => {
    const found = slices && figureOf(slices, 'all', measure);
    return found ? [{ grouping: 'all' as const, key: '', measure, ...found }] : [];
  });
}

const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
