/** The schemas of PixMo on the Hugging Face hub (pixmo-cap, pixmo-points, pixmo-ask-model-anything), with the image itself in a further column. */
import type { Column, Row } from '../columns.ts';
import { type EmbeddedImage, type Format, imageUrl, type Mapped } from '../format.ts';
import type { ExportItem } from '../source.ts';
import { explanationOf } from './explanation.ts';
import { captionsOf, documentFindings, labelledPointsOf, pointedAnswersOf, preferencesOf, questionAnswersOf } from '../work.ts';

const url: Column = { name: 'image_url', type: 'string' };
const sha: Column = { name: 'image_sha256', type: 'string' };
const image: Column = { name: 'image', type: 'image' };

/** PixMo's columns come first, in PixMo's order; pixmo-cap has no image_sha256 of its own. */
export const pixmoTables = [
  { name: 'cap', columns: [url, { name: 'caption', type: 'string' }, { name: 'transcripts', type: 'strings' }, sha, image] },
  {
    name: 'points',
    columns: [
      url,
      sha,
      { name: 'points', type: 'points' },
      { name: 'count', type: 'int64' },
      { name: 'label', type: 'string' },
      { name: 'collection_method', type: 'string' },
      image,
    ],
  },
  { name: 'ask-model-anything', columns: [url, sha, { name: 'question', type: 'string' }, { name: 'answer', type: 'string' }, image] },
  {
    name: 'point-explanations',
    columns: [
      url,
      sha,
      { name: 'question', type: 'string' },
      { name: 'response', type: 'string' },
      { name: 'parsed_response', type: 'string' },
      { name: 'alt_text', type: 'strings' },
      { name: 'inline_text', type: 'strings' },
      { name: 'points', type: 'xyGroups' },
      image,
    ],
  },
  {
    name: 'preference-pairs',
    columns: [
      url,
      sha,
      { name: 'question', type: 'string' },
      { name: 'context', type: 'strings' },
      { name: 'chosen', type: 'string' },
      { name: 'rejected', type: 'string' },
      { name: 'complaint', type: 'string' },
      { name: 'model', type: 'string' },
      image,
    ],
  },
] as const satisfies Format['tables'];

function map(item: ExportItem, embedded: EmbeddedImage): Mapped {
  const base: Row = { image_url: imageUrl(item), image_sha256: embedded.sha256, image: embedded.value };
  const pointed = labelledPointsOf(item.doc);
  const asked = questionAnswersOf(item.doc);
  const explained = pointedAnswersOf(item.doc);
  return {
    rows: {
      // Nothing was spoken: the typed text stands in for the transcript, because Molmo's transcript modes fail on an empty list.
      cap: captionsOf(item.doc).map((caption) => ({ ...base, caption, transcripts: [caption] })),
      points: pointed.items.map(({ label, points, method }) => ({ ...base, points, count: points.length, label, collection_method: method })),
      'ask-model-anything': asked.items.map((pair) => ({ ...base, ...pair })),
      'point-explanations': explained.items.map((item) => ({ ...base, ...explanationOf(item) })),
      'preference-pairs': preferencesOf(item.doc, item.drafts ?? []).map((pair) => ({ ...base, ...pair })),
    },
    findings: [...pointed.findings, ...asked.findings, ...explained.findings, ...documentFindings(item.doc)],
  };
}

/** One parquet table for each PixMo subset; one row a caption, a label, a question with its answer. */
export const pixmoParquet: Format = { profile: 'pixmo-parquet', container: 'parquet', tables: pixmoTables, map };
