/** WebDataset: files of one sample lie side by side in a tar and share the name before the first dot. open_clip reads `txt`, others `json`. */
import type { JsonValue } from '../columns.ts';
import { type ExportFacts, five, type Format, type Split } from '../format.ts';
import type { ExportProfile } from '../profiles.ts';
import type { ExportItem } from '../source.ts';
import { captionsOf, documentFindings, labelledPointsOf, questionAnswersOf } from '../work.ts';

const columns = [
  { name: 'key', type: 'string' },
  { name: 'image', type: 'image' },
  { name: 'txt', type: 'string' },
  { name: 'json', type: 'json' },
] as const;

/** Everything that was written on the image, for `json`. */
function everything(item: ExportItem, sha256: string): JsonValue {
  return {
    image_sha256: sha256,
    source_sha256: item.image.sha256,
    width: item.image.widthPx,
    height: item.image.heightPx,
    captions: captionsOf(item.doc),
    questions: questionAnswersOf(item.doc).items.map(({ question, answer }) => ({ question, answer })),
    labels: labelledPointsOf(item.doc).items.map(({ label, points, method }) => ({ label, method, points: points.map(({ x, y }) => [x, y]) })),
  };
}

function tarFormat(profile: ExportProfile, perCaption: boolean): Format {
  return {
    profile,
    container: 'tar',
    takes: perCaption ? ['captions'] : ['captions', 'questions', 'labels'],
    root: '',
    tables: [{ name: 'samples', columns }],
    images: 'rows',
    // No count in a shard's name: braces list them, `train-{00000..00012}.tar`.
    fileName: (_table, split, index) => `${split}-${five(index)}.tar`,
    map(item, image) {
      const captions = captionsOf(item.doc);
      const asked = questionAnswersOf(item.doc);
      const pointed = labelledPointsOf(item.doc);
      const json = everything(item, image.sha256);
      const key = item.image.sha256.slice(0, 24);
      const sample = (txt: string, suffix: string) => ({ key: `${key}${suffix}`, image: image.value, txt, json });
      const hasWork = captions.length > 0 || asked.items.length > 0 || pointed.items.length > 0;
      // open_clip takes one text a sample; elsewhere the first caption is the text and `json` has all.
      const rows = perCaption ? captions.map((text, at) => sample(text, `-${at}`)) : hasWork ? [sample(captions[0] ?? '', '')] : [];
      const findings = perCaption ? [] : [...asked.findings.filter(({ reason }) => reason !== 'later-turn'), ...pointed.findings];
      return { rows: { samples: rows }, findings: [...findings, ...documentFindings(item.doc)] };
    },
    extras: sizes,
  };
}

/** `sizes.json` says how many samples each shard has: open_clip's resampling modes and progress bars ask for it. */
function sizes(facts: ExportFacts) {
  const of = (split: Split) => Object.fromEntries(facts.files.filter((file) => file.split === split).map((file) => [file.path, file.rows]));
  return [{ path: 'sizes.json', text: `${JSON.stringify({ ...of('train'), ...of('validation') }, null, 2)}\n` }];
}

export const webdataset: Format = tarFormat('webdataset', false);
export const openClipTar: Format = tarFormat('open-clip-tar', true);
