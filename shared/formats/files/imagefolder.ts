/** Hugging Face imagefolder: images in a folder a split, with a metadata.jsonl in that same folder (datasets#6442: one at the top is ignored). */
import type { JsonValue } from '../columns.ts';
import type { Format } from '../format.ts';
import { captionsOf, documentFindings, labelledPointsOf, questionAnswersOf } from '../work.ts';

/** A line an image. Every key is in every line, with one type: `datasets` builds a table of them. */
export const imagefolder: Format = {
  profile: 'hf-imagefolder',
  container: 'lines',
  takes: ['captions', 'questions', 'labels'],
  root: '',
  tables: [{ name: 'metadata', columns: [{ name: 'json', type: 'json' }] }],
  images: 'beside',
  fileName: (_table, split) => `${split}/metadata.jsonl`,
  map(item, image, split) {
    const captions = captionsOf(item.doc);
    const asked = questionAnswersOf(item.doc);
    const pointed = labelledPointsOf(item.doc);
    const findings = [...asked.findings.filter(({ reason }) => reason !== 'later-turn'), ...pointed.findings, ...documentFindings(item.doc)];
    if (captions.length + asked.items.length + pointed.items.length === 0) return { rows: { metadata: [] }, findings };
    const json: JsonValue = {
      file_name: image.value.path,
      text: captions[0] ?? '',
      captions,
      questions: asked.items.map(({ question, answer }) => ({ question, answer })),
      labels: pointed.items.map(({ label, method, points }) => ({ label, method, count: points.length, points: points.map(({ x, y }) => [x, y]) })),
    };
    return { rows: { metadata: [{ json }] }, findings, files: [{ path: `${split}/${image.value.path}`, bytes: image.value.bytes }] };
  },
};
