/** Figures of agreement as a dataset's card and its Croissant file tell them. */
import { DEFAULT_RADIUS_PCT } from '../../../shared/domain/agreement/points.ts';
import type { AgreementFigure, Measure } from '../../../shared/domain/agreement/summary.ts';

const names: Readonly<Record<Measure, string>> = {
  'points-f1': `points, F1 of an optimal one-to-one match within ${DEFAULT_RADIUS_PCT} % of the diagonal`,
  'points-precision': 'points, precision',
  'points-recall': 'points, recall',
  'count-difference': 'counts of a label, mean absolute difference',
  'count-alpha': "counts of a label, Krippendorff's alpha (interval)",
  'answer-exact': 'answers, equal without case, punctuation and articles',
  'answer-f1': 'answers, token F1',
  'choice-kappa': "true-false and multiple-choice answers, Cohen's kappa",
  'claim-overlap': 'captions, overlap of claims (F1)',
  'word-f1': 'captions, word F1',
  'caption-cosine': "captions, cosine of the mean of their sentences' embeddings",
};
const digits = (value: number) => value.toFixed(3);

/** The tools whose files an import reads, by the names that people know them by. */
const tools: Readonly<Record<string, string>> = {
  coco: 'COCO',
  chat: 'conversations (LLaVA, ShareGPT, messages)',
  pixmo: 'PixMo',
  rows: 'rows of fields (imagefolder, WebDataset, CSV)',
  labelme: 'labelme or X-AnyLabeling',
  'label-studio': 'Label Studio',
  cvat: 'CVAT or LabelMe XML',
  via: 'VGG Image Annotator',
  'sidecar-text': 'text files beside the images',
};
/** Where work came from that was not written here, one sentence a format. */
export const importedSentence = (format: string, images: number): string =>
  `${images.toLocaleString('en-US')} ${images === 1 ? 'image' : 'images'} came with annotations from ${tools[format] ?? format}; what was taken of them counts as the work of the person who imported it`;
/** What was settled where two people had differed. */
export const adjudicatedSentence = (rows: number): string =>
  `${rows.toLocaleString('en-US')} ${rows === 1 ? 'caption, conversation or label was' : 'captions, conversations and labels were'} settled by a person where two had differed, and stand in the place of what those wrote`;

/** One figure with its interval and how many images are behind it. */
export function agreementSentence({ measure, value, low, high, n }: AgreementFigure): string {
  const interval = low === null || high === null ? 'too few images for an interval' : `95 % interval ${digits(low)} to ${digits(high)}`;
  return `${names[measure]}: ${digits(value)} (${interval}, n = ${n} ${n === 1 ? 'image' : 'images'})`;
}
