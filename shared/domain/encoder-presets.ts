/** What a lone ONNX file cannot say about itself, and how the known families are fed. */
import { z } from 'zod';
import { type EncoderManifest, encoderManifestSchema } from './encoder.ts';

/** How images are brought into a graph's shape; a part of the manifest that no graph holds. */
export type Preprocessing = Pick<EncoderManifest, 'mean' | 'std' | 'resize' | 'interpolation'>;

export const encoderFamilies = ['clip', 'openvision', 'siglip', 'dinov2'] as const;
export type EncoderFamily = (typeof encoderFamilies)[number];

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const satisfies Partial<Preprocessing>;

interface Preset extends Preprocessing {
  readonly kind: 'clip' | 'features';
  readonly inputSize: number;
  readonly patchSize: number;
  /** Whether the hidden states begin with a class token. */
  readonly hasCls: boolean;
}
/**
 * Where a family was trained on centre crops (CLIP, DINOv2), whole images are squashed instead: a crop would lose what lies at the edges, and
 * a squashed image's patch grid is linear in percent.
 */
export const encoderPresets: Readonly<Record<EncoderFamily, Preset>> = {
  clip: {
    kind: 'clip',
    inputSize: 224,
    patchSize: 16,
    hasCls: true,
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
    resize: 'squash',
    interpolation: 'bicubic',
  },
  openvision: { kind: 'clip', inputSize: 224, hasCls: true, patchSize: 16, ...triples(IMAGENET), resize: 'squash', interpolation: 'bilinear' },
  siglip: {
    kind: 'clip',
    inputSize: 224,
    hasCls: false,
    patchSize: 16,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
    resize: 'squash',
    interpolation: 'bicubic',
  },
  dinov2: { kind: 'features', inputSize: 224, hasCls: true, patchSize: 14, ...triples(IMAGENET), resize: 'squash', interpolation: 'bicubic' },
};

function triples({ mean, std }: typeof IMAGENET): Pick<Preprocessing, 'mean' | 'std'> {
  return { mean: [...mean], std: [...std] };
}

/** What a person says of a lone ONNX file. The names of its outputs and the length of its vectors are read off the graph. */
export const encoderDescriptionSchema = z.strictObject({
  id: encoderManifestSchema.shape.id,
  name: z.string().trim().min(1).max(120),
  licence: z.string().trim().min(1).max(200),
  kind: z.enum(['clip', 'features']),
  input_size: encoderManifestSchema.shape.input_size,
  patch_size: encoderManifestSchema.shape.patch_size,
  mean: encoderManifestSchema.shape.mean,
  std: encoderManifestSchema.shape.std.refine((values) => values.every((value) => value > 0)),
  resize: encoderManifestSchema.shape.resize,
  interpolation: z.enum(['bilinear', 'bicubic', 'lanczos', 'nearest']),
  last_hidden_state_has_cls: z.boolean(),
});
export type EncoderDescription = z.infer<typeof encoderDescriptionSchema>;

/** An id made of a file's name: what the manifest allows, or `encoder`. */
export function encoderIdOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/\.onnx$/, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[-._]+$/g, '')
    .slice(0, 100);
  return id === '' ? 'encoder' : id;
}
