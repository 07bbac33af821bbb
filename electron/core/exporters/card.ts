/** The dataset card: a YAML head that `datasets` and the hub read, and an honest account for people. */
import { type Table, yamlFeatures } from '../../../shared/formats/columns.ts';
import { adjudicatedSentence, agreementSentence, importedSentence } from './agreement-words.ts';
import { type FindingReason, isKept, keptReasons, leftOutReasons } from '../../../shared/formats/findings.ts';
import { type Format, splits } from '../../../shared/formats/format.ts';
import { MOLMO_MAX_POINTS } from '../../../shared/formats/work.ts';
import type { ExportOptions } from '../../../shared/formats/options.ts';
import type { Manifest } from './manifest.ts';
import type { Datasheet } from '../../../shared/domain/settings.ts';
import { readingOf } from './card-reading.ts';
import { type CroissantFacts, languages } from './croissant.ts';
import type { Written } from './write-export.ts';

const meanings: Record<FindingReason, string> = {
  'points-unfinished': 'label begun, without a point',
  'absent-with-points': 'label said to be absent, and yet with points',
  'label-blank': 'points without a label',
  'question-unanswered': 'question without an answer',
  'answer-unasked': 'answer without a question',
  'mark-without-points': 'answer with a place to point at and no point there (left out of point-explanations alone)',
  'placeholder-in-text': 'answer with the literal text <|POINT|> (left out of point-explanations alone)',
  'image-missing': 'image file not found',
  'image-changed': 'image file no longer holds the bytes that were imported',
  'image-unreadable': 'image file cannot be decoded',
  'label-unsafe': 'label with a double quote, angle bracket or line break, which breaks the tag that Molmo pastes it into',
  'label-repeated': 'the same label more than once on an image',
  'many-points': `more than ${MOLMO_MAX_POINTS} points of one label, which Molmo's training leaves out`,
  'not-by-people': "label with a proposed point, or answer from a draft, where only people's own work was asked for",
  'image-needs-copy': 'image that readers would show otherwise where it is (turned, CMYK, of another format)',
  'token-in-text': "text with a word that this profile's loader counts or replaces",
  'text-on-one-line': 'caption whose line breaks and tabs became spaces',
  'later-turn': 'second or later question of a conversation, in a row of its own without what came before',
  'unsettled-conflict': 'image on which two copies of the project disagree',
};
const about: Record<string, string> = {
  cap: 'One row a caption.',
  points: 'One row a label of an image. `points` are float64 percent (0 to 100) of the upright image; an empty list says that it was checked and is not there.',
  'ask-model-anything': 'One row a question with its answer.',
  'point-explanations':
    'Answers that point while they explain: a placeholder `<|POINT|>` in `parsed_response` for each group of `points` (percent, x then y), with the phrase that is pointed at.',
  'preference-pairs':
    'One row for each draft of a language model that a person did not take as it was, with the answer that stands and what was said to be wrong.',
  count: 'One row a label that was counted, as PixMo-Count has them: `points` are a struct of lists, in pixels of the image.',
  'cap-qa': 'One row a conversation of two questions or more, whole; its first question is in `ask-model-anything` too.',
  conversations: 'One line a caption, a conversation or a label, each with the image and what was asked.',
  captions: 'One line a caption.',
  samples: 'One sample an image or a caption: image, JSON with all that was written, text.',
  metadata: 'One line an image: its first caption as `text`, and all captions, questions and labels.',
  coco: 'Images, annotations and categories in one object.',
  tasks: 'One task an image.',
  data: 'One row an image: its first caption as `text`, and lists of all that was written.',
  sft: 'One row a caption, a conversation or a label.',
  preferences: 'One row for each draft of a language model that a person did not take as it was.',
  'points-pointing': 'One row an image, with lists over the labels that were pointed at.',
  'points-counting': 'One row an image, with lists over the labels that were counted.',
};

const number = (n: number) => n.toLocaleString('en-US');
const rowsOf = (written: Pick<Written, 'rows'>, table: Table) => Object.values(written.rows[table.name] ?? {}).reduce((sum, n) => sum + n, 0);

/** The README.md of an export. */
export function cardFor({ format, manifest, written, datasheet }: CroissantFacts): string {
  return [
    '---',
    ...head(format, manifest, written, datasheet),
    '---',
    '',
    `# ${manifest.project.name.replace(/\s+/g, ' ')}`,
    '',
    `${number(manifest.images)} images with what people wrote about them, exported by Pointillist ${manifest.app.version} (profile \`${format.profile}\`).`,
    '',
    '| table | train | validation |',
    '|---|---|---|',
    ...format.tables.map((table) => `| ${table.name} | ${splits.map((split) => number(written.rows[table.name]?.[split] ?? 0)).join(' | ')} |`),
    '',
    ...format.tables.map((table) => `- **${table.name}**: ${about[table.name]}`),
    '',
    '## How it is read',
    '',
    ...readingOf(format),
    '',
    '## What to know',
    '',
    ...knowing(format, manifest, written),
    ...making(written),
    ...(datasheet.licence || datasheet.imageLicence
      ? []
      : [
          "- The licence of the data and of the images is not known to Pointillist. Write it into the project's datasheet, or fill in `license` above, before sharing.",
        ]),
    ...sheet(datasheet),
    '',
  ].join('\n');
}

function head(format: Format, manifest: Omit<Manifest, 'files'>, written: Written, datasheet: Datasheet): string[] {
  const total = format.tables.reduce((sum, table) => sum + rowsOf(written, table), 0);
  const lines = [
    ...licenceLines(datasheet),
    ...(languages(datasheet).length > 0 ? ['language:', ...languages(datasheet).map((code) => `- ${code}`)] : []),
    `pretty_name: ${JSON.stringify(manifest.project.name)}`,
    'task_categories:',
    '- image-to-text',
    '- visual-question-answering',
    'size_categories:',
    `- ${sizeCategory(total)}`,
  ];
  if (format.container !== 'parquet') return lines;
  const filled = format.tables
    .map((table) => ({ table, splits: splits.filter((split) => (written.rows[table.name]?.[split] ?? 0) > 0) }))
    .filter((entry) => entry.splits.length > 0);
  const configs = filled.flatMap((entry) => [
    `- config_name: ${entry.table.name}`,
    '  data_files:',
    ...entry.splits.flatMap((split) => [`  - split: ${split}`, `    path: ${entry.table.name}/${split}-*.parquet`]),
  ]);
  const infos = filled.flatMap((entry) => [
    `- config_name: ${entry.table.name}`,
    '  features:',
    ...yamlFeatures(entry.table).map((line) => `  ${line}`),
    '  splits:',
    ...entry.splits.flatMap((split) => [`  - name: ${split}`, `    num_examples: ${written.rows[entry.table.name]![split]!}`]),
  ]);
  return [...lines, 'configs:', ...configs, 'dataset_info:', ...infos];
}

/** The hub knows licences by lower-case names without spaces; any other is given by its name. */
function licenceLines({ licence }: Datasheet): string[] {
  if (licence === '') return ['license: unknown'];
  return /^[A-Za-z0-9.+-]+$/.test(licence) ? [`license: ${licence.toLowerCase()}`] : ['license: other', `license_name: ${JSON.stringify(licence)}`];
}

/** The hub's own steps. */
function sizeCategory(rows: number): string {
  const steps: [number, string][] = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
    [1e7, '1M<n<10M'],
  ];
  return steps.find(([limit]) => rows < limit)?.[1] ?? '10M<n<100M';
}

/** Who and what made the data, in numbers. */
function making({ makers, images }: Written): string[] {
  const { people, sharedImages, encoders, languageModels, agreement, adjudicated, imported } = makers;
  return [
    `- Made by ${number(people)} ${people === 1 ? 'person' : 'people'}; two or more worked on ${number(sharedImages)} of ${number(images)} images.`,
    ...(agreement.length > 0 ? ['- How far two people agree on the same image, with 95 % bootstrap intervals over images:'] : []),
    ...agreement.map((figure) => `  - ${agreementSentence(figure)}`),
    ...(adjudicated > 0 ? [`- ${adjudicatedSentence(adjudicated)}.`] : []),
    ...Object.entries(imported).map(([from, count]) => `- ${importedSentence(from, count)}.`),
    ...Object.entries(encoders).map(
      ([id, points]) => `- ${number(points)} points were proposed by the encoder ${id} and accepted by a person; the others were placed by hand.`,
    ),
    ...Object.entries(languageModels).map(
      ([model, answers]) =>
        `- ${number(answers)} answers came from drafts of the language model ${model}, which was given text alone, and were accepted by a person.`,
    ),
  ];
}

const sections: readonly (readonly [keyof Datasheet, string])[] = [
  ['imageLicence', 'Licence of the images'],
  ['collection', 'How the images were collected'],
  ['annotators', 'Who annotated'],
  ['preprocessing', 'Preprocessing'],
  ['uses', 'Intended uses'],
  ['limitations', 'Limitations'],
  ['biases', 'Biases'],
  ['sensitive', 'Personal and sensitive information'],
  ['maintenance', 'Maintenance'],
  ['citation', 'Citation'],
];

/** What the lead wrote, section by section. */
const sheet = (datasheet: Datasheet): string[] =>
  sections.filter(([key]) => datasheet[key].trim() !== '').flatMap(([key, title]) => ['', `## ${title}`, '', datasheet[key].trim()]);

function splitSentence({ validation, validationShare, seed, keepFolders }: ExportOptions): string {
  const kept = `Near-duplicates${keepFolders ? ' and images of one folder' : ''} are never parted, and an image is in one split alone.`;
  if (validation !== null) return `- Validation holds ${number(validation.length)} listed images and what must not be parted from them. ${kept}`;
  const how =
    seed === '' ? 'whose sha256 (of a group: the least), read as a fraction,' : `whose hash with the seed ${JSON.stringify(seed)}, read as a fraction,`;
  return `- Validation holds the images ${how} is below ${validationShare}; where that leaves a table of two images or more without any, the image with the lowest. ${kept}`;
}

/** What was chosen beside the states and the split. */
function choices({ people, labels, abilities, provenance, images, maxSidePx, quality }: ExportOptions): string[] {
  return [
    ...(people === null ? [] : [`- Only the work of ${people.length} ${people.length === 1 ? 'person' : 'people'} of the project.`]),
    ...(labels === null ? [] : [`- Only these labels: ${labels.map((label) => JSON.stringify(label)).join(', ')}.`]),
    ...(abilities === null ? [] : [`- Only questions of these abilities: ${abilities.map((ability) => JSON.stringify(ability)).join(', ')}.`]),
    ...(provenance === 'all'
      ? []
      : ["- Only people's own work: no label of which a point was proposed by an encoder, no answer from a language model's draft."]),
    ...(images === 'copy' ? [] : ['- Images are named where they were on the machine that exported them, and are not in this folder.']),
    ...(maxSidePx === null ? [] : [`- Images are at most ${maxSidePx} pixels on their longest side, JPEG quality ${quality}.`]),
  ];
}

function knowing(format: Format, manifest: Omit<Manifest, 'files'>, written: Written): string[] {
  const { options } = manifest;
  const { states } = options;
  const copies = written.images - written.unchangedImages;
  const found = (reasons: readonly FindingReason[]) => reasons.filter((reason) => (written.findings[reason] ?? 0) > 0);
  const list = (reasons: readonly FindingReason[]) => found(reasons).map((reason) => `  - ${number(written.findings[reason]!)}: ${meanings[reason]}`);
  const lines = [
    `- Only images in these states of the work: ${states.join(', ')}. ${manifest.release ? `They are those of the release ${manifest.release.name} (content ${manifest.release.contentHash.slice(0, 16)}).` : `The state of the project is that after event ${manifest.project.seq} of its log.`}`,
    ...(format.tables.some((table) => table.columns.some((column) => column.name === 'transcripts'))
      ? ['- Captions were typed, not spoken: each `transcripts` list holds the caption itself.']
      : []),
    ...(format.takes.includes('labels') ? ['- Points are in the order that Molmo trains on: by x, then y, both rounded to one decimal.'] : []),
    `- Images are upright. ${number(written.unchangedImages)} are the files as they were imported; ${number(copies)} were turned, brought to 8-bit RGB, or rid of metadata that makes readers fail. Other metadata in the files, which can hold the place of a photo, was left in. \`image_url\` names the imported file by its sha256; images.jsonl leads from it to the embedded bytes.`,
    `- ${number(written.labels.swept)} of ${number(written.labels.all)} labels were looked for in the whole image, cell by cell at full size (\`swept_labels\` in images.jsonl); for the others an object may have been overlooked.`,
    '- White space around texts and labels was taken off.',
    splitSentence(options),
    ...choices(options),
  ];
  if (format.profile === 'pixmo-parquet') {
    lines.push("- `image` is Pointillist's addition to PixMo's columns, in `cap` also `image_sha256`, the hash of the embedded bytes.");
  }
  if (found(leftOutReasons).length > 0) lines.push('- Left out (findings.jsonl names each):', ...list(leftOutReasons));
  if (found(keptReasons).length > 0) lines.push('- In the data, and worth a look (findings.jsonl names each):', ...list(keptReasons));
  if (Object.keys(written.findings).every((reason) => isKept(reason as FindingReason))) lines.push('- Nothing was left out.');
  return lines;
}
