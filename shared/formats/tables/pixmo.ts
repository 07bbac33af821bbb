/** The schemas of PixMo on the Hugging Face hub (pixmo-cap, pixmo-points, pixmo-ask-model-anything), with the image itself in a further column. */
import type { Column, Row } from '../columns.ts';
import { type EmbeddedImage, five, type Format, imageUrl, type Mapped, workKinds } from '../format.ts';
import { pixelLists } from './pixel-lists.ts';
import type { ExportItem } from '../source.ts';
import { explanationOf } from './explanation.ts';
import { captionsOf, conversationsOf, documentFindings, labelledPointsOf, pointedAnswersOf, preferencesOf, questionAnswersOf } from '../work.ts';

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
  {
    name: 'count',
    columns: [url, sha, { name: 'count', type: 'int32' }, { name: 'points', type: 'pixelLists' }, { name: 'label', type: 'string' }, image],
  },
  { name: 'ask-model-anything', columns: [url, sha, { name: 'question', type: 'string' }, { name: 'answer', type: 'string' }, image] },
  {
    name: 'cap-qa',
    columns: [url, { name: 'question', type: 'string' }, { name: 'answer', type: 'string' }, { name: 'messages', type: 'strings' }, sha, image],
  },
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
      count: pointed.items
        .filter(({ method }) => method === 'counting')
        .map(({ label, points }) => ({ ...base, count: points.length, points: pixelLists(points, embedded), label })),
      'cap-qa': conversationsOf(item.doc).map((messages) => ({ ...base, ...capQa(messages), messages })),
      'ask-model-anything': asked.items.map((pair) => ({ ...base, ...pair })),
      'point-explanations': explained.items.map((item) => ({ ...base, ...explanationOf(item) })),
      'preference-pairs': preferencesOf(item.doc, item.drafts ?? []).map((pair) => ({ ...base, ...pair })),
    },
    findings: [...pointed.findings, ...asked.findings, ...explained.findings, ...documentFindings(item.doc)],
  };
}

/** A conversation in pixmo-cap-qa's columns: all that comes before the last answer is its question. */
function capQa(messages: readonly string[]): { question: string; answer: string } {
  const question = messages.slice(0, -1).map((text, at) => `${at % 2 === 0 ? '[USER]' : '[ASSISTANT]'} ${text}`);
  return { question: `${question.join(' ')} [ASSISTANT]`, answer: messages.at(-1)! };
}

/** One parquet table for each PixMo subset; one row a caption, a label, a question with its answer. */
export const pixmoParquet: Format = {
  profile: 'pixmo-parquet',
  takes: workKinds,
  container: 'parquet',
  root: '',
  tables: pixmoTables,
  images: 'rows',
  fileName: (table, split, index, files) => `${table}/${split}-${five(index)}-of-${five(files)}.parquet`,
  map,
};
