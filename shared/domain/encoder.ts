/** A local encoder: what its `model.json` says, what it can do here, and how fast. An encoder proposes; it never decides. */
import { z } from 'zod';

/**
 * `clip`: image and text towers into one space (CLIP, OpenVision, SigLIP). `features`: an image tower alone (DINO, OpenVision 2).
 * `detector`: feature maps and a class map (NanoDet).
 */
export const encoderKinds = ['clip', 'features', 'detector'] as const;
export type EncoderKind = (typeof encoderKinds)[number];
/** What an encoder makes possible. */
export const encoderAbilities = ['image-search', 'text-search', 'tags', 'click-to-similar', 'text-to-points'] as const;
export type EncoderAbility = (typeof encoderAbilities)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const triple = z.tuple([z.number(), z.number(), z.number()]);
const side = z.int().min(8).max(4096);
/** A name inside the encoder's own folder: never a way out of it. */
export const encoderFileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\\\0:][^\\\0:]*$/);

/** `model.json`. Loose: exporters write more than is read here, and it is kept. */
export const encoderManifestSchema = z.looseObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/),
  name: z.string().min(1).max(120).optional(),
  kind: z.enum(encoderKinds),
  licence: z.string().min(1).max(200),
  source: z.string().max(500).optional(),
  description: z.string().max(2000).optional(),
  /** Pixels a side that the image tower was trained at. */
  input_size: side,
  patch_size: z.int().min(1).max(128),
  /** Other sizes (multiples of `size_multiple_of`, or of the patch) may be fed. */
  dynamic_size: z.boolean().default(false),
  size_multiple_of: z.int().min(1).max(256).optional(),
  /** Pixels on the long side for proposals, where that is another than `input_size`; only with a dynamic size. */
  dense_size: side.optional(),
  /** Of RGB from 0 to 1, in the order in which the graph takes its channels. */
  mean: triple,
  std: triple,
  channels: z.enum(['rgb', 'bgr']).default('rgb'),
  /** `squash` keeps the patch grid linear in percent; `crop` loses the edges; `letterbox` adds bars; `fit` keeps the ratio at `input_size` on the long side. */
  resize: z.enum(['squash', 'crop', 'letterbox', 'fit']),
  interpolation: z.enum(['bilinear', 'bicubic', 'lanczos', 'nearest']).default('bilinear'),
  embed_dim: z.int().min(1).max(8192),
  /** Whether the graph's vectors have length 1 already. */
  normalised: z.boolean().default(false),
  last_hidden_state_has_cls: z.boolean().default(false),
  inputs: z
    .looseObject({ image: z.string().default('pixel_values'), text: z.string().default('input_ids') })
    .default({ image: 'pixel_values', text: 'input_ids' }),
  /** Names of the graph's outputs; one that the graph has not is left out. */
  outputs: z.looseObject({
    image: z.string().optional(),
    patches: z.string().optional(),
    hidden: z.string().optional(),
    text: z.string().optional(),
  }),
  vision: encoderFileName.default('vision_model.onnx'),
  text: encoderFileName.default('text_model.onnx'),
  tokenizer: encoderFileName.nullable().default(null),
  context_length: z.int().min(4).max(4096).optional(),
  pad_to_context: z.boolean().default(false),
  pad_id: z.int().nonnegative().default(0),
  logit_scale: z.number().nullish(),
  logit_bias: z.number().nullish(),
  dense_logit_scale: z.number().nullish(),
  dense_logit_bias: z.number().nullish(),
  prompt_template: z.string().max(200).optional(),
  /** The words of a detector's class map, in its order. */
  classes: z.array(z.string().min(1).max(100)).max(10_000).optional(),
  /** Every file that the encoder needs, by its name in the folder. */
  files: z.record(encoderFileName, z.looseObject({ bytes: z.int().nonnegative(), sha256 })),
});
export type EncoderManifest = z.infer<typeof encoderManifestSchema>;

/** Measured on this machine with an image of its own size, decoding left out. */
export interface EncoderMeasure {
  readonly imagesPerSecond: number;
  /** Median milliseconds of one image. */
  readonly latencyMs: number;
  /** Memory that the process gained by loading it and encoding a batch, in bytes. */
  readonly memoryBytes: number;
  readonly threads: number;
  readonly at: number;
}

/** An encoder that is installed on this machine. */
export interface InstalledEncoder {
  readonly id: string;
  readonly name: string;
  readonly kind: EncoderKind;
  /** sha256 over the manifest's files: what every vector and proposal names as its origin. */
  readonly hash: string;
  readonly licence: string;
  readonly source: string | null;
  readonly sizeBytes: number;
  readonly inputSize: number;
  readonly patchSize: number;
  readonly embedDim: number;
  readonly abilities: readonly EncoderAbility[];
  readonly measured: EncoderMeasure | null;
  /** Came with the app. */
  readonly bundled: boolean;
}

/** How far a project's images are indexed by the encoder that it uses. */
export interface IndexStatus {
  /** Null: none is chosen, or it is not installed here. */
  readonly encoder: string | null;
  /** Images that have a vector. */
  readonly indexed: number;
  readonly total: number;
  /** The job that is at it. */
  readonly jobId: string | null;
}
