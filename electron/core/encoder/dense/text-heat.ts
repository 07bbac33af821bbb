/** Where on an image the words of a label are seen: patch tokens against text, each patch by itself, so that position is kept. */
import type { EncoderManifest } from '../../../../shared/domain/encoder.ts';
import { unit } from '../embed.ts';
import type { ScoreMap } from './peaks.ts';

/** Patch vectors of length 1 in the space of texts, row by row. */
export interface AlignedMap {
  readonly columns: number;
  readonly rows: number;
  readonly stride: number;
  readonly vectors: Float32Array;
}
/** Vectors of length 1 for what is looked for and for what it is told apart from. */
export interface TextQuery {
  readonly label: Float32Array;
  readonly background: readonly Float32Array[];
  /** The project's other labels. */
  readonly others: readonly Float32Array[];
}
type Calibration = Pick<EncoderManifest, 'logit_scale' | 'dense_logit_scale' | 'dense_logit_bias'>;

/** Wordings of a label, whose mean is looked for: single wordings differ more than the things do. */
const TEMPLATES = ['a photo of a {}', 'a close-up of a {}', 'the {}'];
/** What a patch is where nothing in particular is seen. */
const BACKGROUND = ['a photo', 'background', 'texture', 'a wall', 'the sky', 'the ground'];
/** CLIP's trained temperature, for a manifest that does not say its own. */
const CLIP_SCALE = 100;
/** PACL's weight of a patch is sigmoid(10 cos): https://arxiv.org/abs/2411.05195, model/pacl.py. */
const WEIGHT_SCALE = 10;

/** The texts to embed for a label, in the order in which `queryOf` takes their vectors. A calibrated encoder was calibrated with its own wording. */
export function textsOf(manifest: Pick<EncoderManifest, 'prompt_template' | 'dense_logit_scale'>, label: string, others: readonly string[]): string[] {
  const templates = templatesOf(manifest);
  return [label, ...others].flatMap((text) => templates.map((template) => template.replace('{}', text))).concat(BACKGROUND);
}

/** The vectors of `textsOf`, put together: the mean of each label's wordings. */
export function queryOf(manifest: Pick<EncoderManifest, 'prompt_template' | 'dense_logit_scale'>, others: number, vectors: readonly Float32Array[]): TextQuery {
  const n = templatesOf(manifest).length;
  const labels = Array.from({ length: others + 1 }, (_, at) => meanOf(vectors.slice(at * n, (at + 1) * n)));
  return { label: labels[0]!, others: labels.slice(1), background: vectors.slice((others + 1) * n) };
}

const templatesOf = ({ prompt_template: own, dense_logit_scale: scale }: Pick<EncoderManifest, 'prompt_template' | 'dense_logit_scale'>): string[] => {
  if (own === undefined) return TEMPLATES;
  return scale == null ? [...new Set([own, ...TEMPLATES])] : [own];
};

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < mean.length; i++) mean[i]! += vector[i]! / vectors.length;
  return unit(mean);
}

/**
 * A score from 0 to 1 for every patch.
 * Where the encoder's patches are calibrated (`dense_logit_scale`): sigmoid(scale · cos + bias), the chance that the patch shows it.
 * Else: the chance that it is the label rather than the best fitting background or what all labels have in common, sigmoid(scale · (cos - most of
 * those)), weighed by sigmoid(10 cos) against the best patch.
 */
export function textHeat(map: AlignedMap, { label, background, others }: TextQuery, calibration: Calibration): ScoreMap {
  const { columns, rows } = map;
  const cos = cosinesOf(map, label);
  const { dense_logit_scale: scale, dense_logit_bias: bias } = calibration;
  if (scale != null) return { columns, rows, values: cos.map((value) => sigmoid(scale * value + (bias ?? 0))) };
  const rivals = background.map((vector) => cosinesOf(map, vector));
  if (others.length > 0) rivals.push(meanMap([cos, ...others.map((vector) => cosinesOf(map, vector))]));
  const best = sigmoid(WEIGHT_SCALE * cos.reduce((a, b) => Math.max(a, b), -1));
  const values = cos.map((value, cell) => {
    const most = rivals.reduce((top, rival) => Math.max(top, rival[cell]!), -1);
    return sigmoid((calibration.logit_scale ?? CLIP_SCALE) * (value - most)) * (sigmoid(WEIGHT_SCALE * value) / best);
  });
  return { columns, rows, values };
}

function cosinesOf({ vectors, stride }: AlignedMap, text: Float32Array): Float32Array {
  const cosines = new Float32Array(vectors.length / stride);
  for (let cell = 0; cell < cosines.length; cell++) {
    let sum = 0;
    for (let i = 0, at = cell * stride; i < text.length; i++) sum += vectors[at++]! * text[i]!;
    cosines[cell] = sum;
  }
  return cosines;
}

const meanMap = (maps: readonly Float32Array[]): Float32Array => maps[0]!.map((_, cell) => maps.reduce((sum, map) => sum + map[cell]!, 0) / maps.length);
const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
