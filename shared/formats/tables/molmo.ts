/** Rows as Molmo's training code prepares and reads them (allenai/molmo @793fa387, olmo/data/pixmo_datasets.py). */
import type { Column, Row } from '../columns.ts';
import { type EmbeddedImage, five, type Format, imageUrl, type Mapped } from '../format.ts';
import { pixelLists } from './pixel-lists.ts';
import type { ExportItem } from '../source.ts';
import { explanationOf } from './explanation.ts';
import { captionsOf, conversationsOf, documentFindings, labelledPointsOf, pointedAnswersOf, questionAnswersOf } from '../work.ts';

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

/** Where the images of point explanations lie, below the export's folder. */
const MOLMO_IMAGES = 'torch_datasets/pixmo_images';

/**
 * Molmo loads the whole set of point explanations into memory, so its images are files beside it and not in it. Their paths count from the export's folder,
 * where training is started: a path of this machine would be of no use on another.
 * Molmo opens both points folders whenever it trains on points, so both are written even when one is empty. */
export const molmoTables = [
  { name: 'cap', columns: [url, image, { name: 'caption', type: 'string' }, { name: 'transcripts', type: 'strings' }] },
  { name: 'points-pointing', columns: pointColumns },
  { name: 'points-counting', columns: pointColumns },
  { name: 'count', columns: [url, image, { name: 'count', type: 'int32' }, { name: 'points', type: 'pixelLists' }, { name: 'label', type: 'string' }] },
  { name: 'ask-model-anything', columns: [url, image, { name: 'question', type: 'strings' }, { name: 'answer', type: 'strings' }] },
  { name: 'cap-qa', columns: [url, image, { name: 'messages', type: 'stringLists' }] },
  {
    name: 'point-explanations',
    columns: [
      url,
      { name: 'image', type: 'string' },
      { name: 'question', type: 'strings' },
      { name: 'parsed_response', type: 'strings' },
      { name: 'alt_text', type: 'stringLists' },
      { name: 'inline_text', type: 'stringLists' },
      { name: 'points', type: 'xyGroupLists' },
    ],
  },
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
  const explained = pointedAnswersOf(item.doc);
  const asked = questionAnswersOf(item.doc);
  const conversations = conversationsOf(item.doc);
  const explanations = explained.items.map(explanationOf);
  const path = `${MOLMO_IMAGES}/${embedded.value.path}`;
  return {
    rows: {
      'point-explanations':
        explanations.length === 0
          ? []
          : [
              {
                image_url: imageUrl(item),
                image: path,
                question: explanations.map((one) => one.question),
                parsed_response: explanations.map((one) => one.parsed_response),
                alt_text: explanations.map((one) => one.alt_text),
                inline_text: explanations.map((one) => one.inline_text),
                points: explanations.map((one) => one.points),
              },
            ],
      cap: captionsOf(item.doc).map((caption) => ({ ...base, caption, transcripts: [caption] })),
      'points-pointing': grouped('pointing'),
      'points-counting': grouped('counting'),
      count: pointed.items
        .filter(({ method }) => method === 'counting')
        .map(({ label, points }) => ({ ...base, count: points.length, points: pixelLists(points, embedded), label })),
      'ask-model-anything':
        asked.items.length === 0 ? [] : [{ ...base, question: asked.items.map(({ question }) => question), answer: asked.items.map(({ answer }) => answer) }],
      'cap-qa': conversations.length === 0 ? [] : [{ ...base, messages: conversations }],
    },
    files: explanations.length === 0 ? [] : [{ path, bytes: embedded.value.bytes }],
    findings: [...pointed.findings, ...asked.findings, ...explained.findings, ...documentFindings(item.doc)],
  };
}

/** Prepared folders for MOLMO_DATA_DIR: captions a row each, points a row an image with lists over its labels. */
export const molmoFolders: Format = {
  profile: 'molmo-folders',
  takes: ['captions', 'questions', 'labels', 'explanations'],
  container: 'arrow',
  root: 'torch_datasets/pixmo_datasets',
  tables: molmoTables,
  images: 'rows',
  fileName: (table, split, index, files) => `${table}/${split}/data-${five(index)}-of-${five(files)}.arrow`,
  map,
};
