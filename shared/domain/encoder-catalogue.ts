/**
 * Encoders that are known to work, to choose from. Data only, and only what is known: a size or a score that nobody stated is left out.
 * OpenVision: sizes and ImageNet-1k zero-shot figures of its model cards. File sizes of the public ONNX exports: of their repositories.
 */
import type { EncoderAbility, EncoderManifest } from './encoder.ts';
import { type EncoderFamily, encoderPresets } from './encoder-presets.ts';

/** One way in which an export is stored, with the files that are needed of it. */
export interface CatalogueVariant {
  readonly id: 'fp32' | 'quantized';
  readonly vision: string;
  readonly text: string | null;
  readonly tokenizer: string | null;
  /** Of the graphs together, in millions of bytes; null where nobody stated it. */
  readonly megabytes: number | null;
}
export interface CatalogueEncoder {
  readonly id: string;
  readonly name: string;
  readonly family: EncoderFamily;
  /** Owner and name at the model hub. */
  readonly source: string;
  readonly licence: string;
  /** Millions of parameters of the image tower. */
  readonly parameters: number;
  readonly inputSize: number;
  readonly patchSize: number;
  readonly embedDim: number;
  /** Percent right of ImageNet-1k's 1000 classes, without training on them. */
  readonly zeroShot: number | null;
  readonly abilities: readonly EncoderAbility[];
  /** Empty: no ONNX of it is public; the export recipe makes one. */
  readonly variants: readonly CatalogueVariant[];
  /** What the manifest says of it beside its preset. */
  readonly manifest: Partial<EncoderManifest>;
}

const WITH_TEXT: readonly EncoderAbility[] = ['image-search', 'text-search', 'tags'];
const TEXT_AND_PATCHES: readonly EncoderAbility[] = [...WITH_TEXT, 'click-to-similar', 'text-to-points'];

interface Size {
  readonly title: string;
  readonly parameters: number;
  readonly embedDim: number;
  /** By patch: input size and zero-shot percent. */
  readonly patches: Readonly<Record<number, readonly (readonly [number, number])[]>>;
}
const openVisionSizes: Readonly<Record<string, Size>> = {
  tiny: {
    title: 'Tiny',
    parameters: 5.9,
    embedDim: 192,
    patches: {
      16: [
        [160, 46.9],
        [224, 49.6],
        [384, 51.5],
      ],
      8: [
        [160, 51.9],
        [224, 53.5],
        [384, 53.9],
      ],
    },
  },
  small: {
    title: 'Small',
    parameters: 22,
    embedDim: 384,
    patches: {
      16: [
        [160, 63.5],
        [224, 65.9],
        [384, 67.1],
      ],
      8: [
        [160, 67.3],
        [224, 68.6],
        [384, 68.5],
      ],
    },
  },
  base: {
    title: 'Base',
    parameters: 86,
    embedDim: 512,
    patches: {
      16: [
        [160, 72.4],
        [224, 73.9],
        [384, 74.5],
      ],
      8: [
        [160, 74.8],
        [224, 75.4],
        [384, 75.6],
      ],
    },
  },
  large: {
    title: 'Large',
    parameters: 307,
    embedDim: 768,
    patches: {
      14: [
        [84, 74.7],
        [224, 78.5],
        [336, 78.9],
      ],
    },
  },
  so400m: {
    title: 'So400M',
    parameters: 412,
    embedDim: 1152,
    patches: {
      14: [
        [84, 76.2],
        [224, 79.7],
        [384, 79.9],
      ],
    },
  },
  huge: {
    title: 'Huge',
    parameters: 632.1,
    embedDim: 1024,
    patches: {
      14: [
        [84, 77.4],
        [224, 80.4],
      ],
    },
  },
};

const openVision: CatalogueEncoder[] = Object.entries(openVisionSizes).flatMap(([size, { title, parameters, embedDim, patches }]) =>
  Object.entries(patches)
    .toReversed()
    .flatMap(([patch, sizes]) =>
      sizes.map(([inputSize, zeroShot]): CatalogueEncoder => {
        const id = `openvision-vit-${size}-patch${patch}-${inputSize}`;
        return {
          id,
          name: `OpenVision ${title}/${patch} ${inputSize}`,
          family: 'openvision',
          source: `UCSC-VLAA/${id}`,
          licence: 'Apache-2.0',
          parameters,
          inputSize,
          patchSize: Number(patch),
          embedDim,
          zeroShot,
          abilities: TEXT_AND_PATCHES,
          variants: [],
          manifest: {},
        };
      }),
    ),
);

/** The two towers beside each other, as transformers.js names them. */
const towers = (id: CatalogueVariant['id'], megabytes: number | null): CatalogueVariant => {
  const ending = id === 'fp32' ? '' : `_${id}`;
  return { id, vision: `onnx/vision_model${ending}.onnx`, text: `onnx/text_model${ending}.onnx`, tokenizer: 'tokenizer.json', megabytes };
};
const single = (id: CatalogueVariant['id'], megabytes: number | null): CatalogueVariant => ({
  id,
  vision: `onnx/model${id === 'fp32' ? '' : `_${id}`}.onnx`,
  text: null,
  tokenizer: null,
  megabytes,
});
const clipText = { context_length: 77, outputs: { text: 'text_embeds' }, prompt_template: 'a photo of a {}' } as const;

/** Parameters of the image tower: a quarter of the bytes of its float32 file, where no card says them. */
const published: readonly CatalogueEncoder[] = [
  {
    id: 'clip-vit-base-patch32',
    name: 'CLIP Base/32',
    family: 'clip',
    source: 'Xenova/clip-vit-base-patch32',
    licence: 'MIT',
    parameters: 88,
    inputSize: 224,
    patchSize: 32,
    embedDim: 512,
    zeroShot: null,
    abilities: WITH_TEXT,
    variants: [towers('quantized', 153.6), towers('fp32', 606)],
    manifest: clipText,
  },
  {
    id: 'clip-vit-base-patch16',
    name: 'CLIP Base/16',
    family: 'clip',
    source: 'Xenova/clip-vit-base-patch16',
    licence: 'MIT',
    parameters: 86,
    inputSize: 224,
    patchSize: 16,
    embedDim: 512,
    zeroShot: null,
    abilities: WITH_TEXT,
    variants: [towers('quantized', 152), towers('fp32', 599.1)],
    manifest: clipText,
  },
  {
    id: 'mobileclip-s1',
    name: 'MobileCLIP S1',
    family: 'clip',
    source: 'Xenova/mobileclip_s1',
    licence: 'Apple AMLR (research)',
    parameters: 21.5,
    inputSize: 256,
    // A convolutional tower: it halves the image five times.
    patchSize: 32,
    embedDim: 512,
    zeroShot: 72.6,
    abilities: WITH_TEXT,
    variants: [towers('quantized', null), towers('fp32', null)],
    manifest: { ...clipText, mean: [0, 0, 0], std: [1, 1, 1], interpolation: 'bilinear' },
  },
  {
    id: 'marqo-fashionclip',
    name: 'Marqo FashionCLIP',
    family: 'clip',
    source: 'Marqo/marqo-fashionCLIP',
    licence: 'Apache-2.0',
    parameters: 86,
    inputSize: 224,
    patchSize: 16,
    embedDim: 512,
    zeroShot: null,
    abilities: WITH_TEXT,
    variants: [towers('quantized', null), towers('fp32', null)],
    manifest: clipText,
  },
  {
    id: 'marqo-fashionsiglip',
    name: 'Marqo FashionSigLIP',
    family: 'siglip',
    source: 'Marqo/marqo-fashionSigLIP',
    licence: 'Apache-2.0',
    parameters: 86,
    inputSize: 224,
    patchSize: 16,
    embedDim: 768,
    zeroShot: null,
    abilities: WITH_TEXT,
    variants: [towers('quantized', null), towers('fp32', null)],
    manifest: { ...clipText, context_length: 64, pad_to_context: true, pad_id: 1 },
  },
  {
    id: 'dinov2-small',
    name: 'DINOv2 Small/14',
    family: 'dinov2',
    source: 'Xenova/dinov2-small',
    licence: 'Apache-2.0',
    parameters: 22,
    inputSize: 224,
    patchSize: 14,
    embedDim: 384,
    zeroShot: null,
    abilities: ['image-search', 'click-to-similar'],
    variants: [single('quantized', 24.4), single('fp32', 88.5)],
    manifest: { last_hidden_state_has_cls: true },
  },
  {
    id: 'dino-vits16',
    name: 'DINO Small/16',
    family: 'dinov2',
    source: 'Xenova/dino-vits16',
    licence: 'Apache-2.0',
    parameters: 22,
    inputSize: 224,
    patchSize: 16,
    embedDim: 384,
    zeroShot: null,
    abilities: ['image-search', 'click-to-similar'],
    variants: [single('quantized', 22.7), single('fp32', 86.9)],
    manifest: { last_hidden_state_has_cls: true },
  },
];

/** Every one, what can be downloaded first. */
export const encoderCatalogue: readonly CatalogueEncoder[] = [...published, ...openVision];

/** The manifest of a published export as far as it is known before its files are here. */
export function manifestOf(entry: CatalogueEncoder, variant: CatalogueVariant): EncoderManifest {
  const { kind, mean, std, resize, interpolation } = encoderPresets[entry.family];
  return {
    id: variant.id === 'fp32' ? entry.id : `${entry.id}-${variant.id}`,
    name: entry.name,
    kind,
    licence: entry.licence,
    source: entry.source,
    input_size: entry.inputSize,
    patch_size: entry.patchSize,
    dynamic_size: false,
    mean,
    std,
    channels: 'rgb',
    resize,
    interpolation,
    embed_dim: entry.embedDim,
    normalised: false,
    last_hidden_state_has_cls: false,
    inputs: { image: 'pixel_values', text: 'input_ids' },
    outputs: {},
    vision: variant.vision,
    text: variant.text ?? 'text_model.onnx',
    tokenizer: variant.tokenizer,
    pad_to_context: false,
    pad_id: 0,
    files: {},
    ...entry.manifest,
  };
}

/** Billions of multiplications and additions for one image, as a transformer needs them: every parameter once for every patch. */
export const gigaflopsOf = ({ parameters, inputSize, patchSize }: Pick<CatalogueEncoder, 'parameters' | 'inputSize' | 'patchSize'>): number =>
  (2 * parameters * Math.ceil(inputSize / patchSize) ** 2) / 1000;

export type Fit = 'light' | 'middle' | 'heavy';
/** How much an encoder asks of a machine, coarsely; what was measured here says more. */
export function fitOf(entry: CatalogueEncoder): Fit {
  const gigaflops = gigaflopsOf(entry);
  return gigaflops < 10 ? 'light' : gigaflops < 60 ? 'middle' : 'heavy';
}
