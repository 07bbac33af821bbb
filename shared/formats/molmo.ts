/** Rows as Molmo's training code prepares and reads them (allenai/molmo @793fa387, olmo/data/pixmo_datasets.py). */
import type { Column, Row } from './columns.ts';
import { type EmbeddedImage, type Format, imageUrl, type Mapped } from './format.ts';
import type { ExportItem } from './source.ts';
import { captionsOf, documentFindings, labelledPointsOf } from './work.ts';

const url: Column = { name: 'image_url', type: 'string' };
const image: Column = { name: 'image', type: 'image' };
const pointColumns: readonly Column[] = [
  url,
  image,
  { name: 'label', type: 'strings' },
  { name: 'points', type: 'pointLists' },
  { name: 'count', type: 'int64s' },
  { name: 'collection_method', type: 'strings' },
];

/** Molmo opens both points folders whenever it trains on points, so both are written even when one is empty. */
export const molmoTables = [
  { name: 'cap', columns: [url, image, { name: 'caption', type: 'string' }, { name: 'transcripts', type: 'strings' }] },
  { name: 'points-pointing', columns: pointColumns },
  { name: 'points-counting', columns: pointColumns },
] as const satisfies Format['tables'];

function map(item: ExportItem, embedded: EmbeddedImage): Mapped {
  const base: Row = { image_url: imageUrl(item), image: embedded.value };
  const pointed = labelledPointsOf(item.doc);
  const grouped = (method: 'pointing' | 'counting'): Row[] => {
    const sets = pointed.items.filter((set) => set.method === method);
    if (sets.length === 0) return [];
    const label = sets.map((set) => set.label);
    const points = sets.map((set) => set.points);
    return [{ ...base, label, points, count: points.map((list) => list.length), collection_method: sets.map(() => method) }];
  };
  return {
    rows: {
      cap: captionsOf(item.doc).map((caption) => ({ ...base, caption, transcripts: [caption] })),
      'points-pointing': grouped('pointing'),
      'points-counting': grouped('counting'),
    },
    findings: [...pointed.findings, ...documentFindings(item.doc)],
  };
}

/** Prepared folders for MOLMO_DATA_DIR: captions a row each, points a row an image with lists over its labels. */
export const molmoFolders: Format = { profile: 'molmo-folders', container: 'arrow', tables: molmoTables, map };
