/** What an exporter is given of each image: its facts, its upright size and what people wrote. Pure data, no paths. */
import type { Draft } from '../domain/draft.ts';
import type { ImageRecord } from '../domain/image.ts';
import type { Doc } from '../domain/model.ts';

export interface ExportItem {
  readonly image: ImageRecord;
  readonly doc: Doc;
  /** What language models proposed as answers on this image. */
  readonly drafts?: readonly Draft[];
  /** The encoder that proposed each point which came from a proposal, by the proposal's id. */
  readonly proposers?: ReadonlyMap<string, string>;
}
