/** Completes what is known of an encoder with what its graphs say of themselves: names of inputs and outputs, input size, patches, length of the vectors. */
import type { EncoderManifest } from '../../../shared/domain/encoder.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { GraphSignature, GraphValue } from './onnx-signature.ts';

/** What was read off an image tower; null where the graph leaves it open. */
export interface GraphFacts {
  readonly image: string;
  readonly outputs: { readonly image?: string; readonly patches?: string; readonly hidden?: string };
  readonly inputSize: number | null;
  readonly patchSize: number | null;
  readonly embedDim: number | null;
  /** Whether the hidden states begin with one that is no patch. */
  readonly hasCls: boolean | null;
  readonly isDynamic: boolean;
}

/** Names that exporters give to the pooled vector, the best first. */
const POOLED = ['image_embeds', 'image_features', 'pooler_output', 'embedding', 'embeddings', 'sentence_embedding'];

/** Throws AppError `encoder-inputs` or `encoder-outputs` for a graph that does not take one image or gives no vectors of it. */
export function describeVision({ inputs, outputs }: GraphSignature, file: string): GraphFacts {
  const image = inputs.find(({ dims, name }) => dims.length === 4 && (dims[1] === 3 || (dims[1] === null && /pixel|image|input/i.test(name))));
  // Initialisers count as inputs in files of the oldest kind; they have fixed sizes, and no batch.
  const other = inputs.find((input) => input !== image && (input.dims.length === 0 || input.dims[0] === null));
  if (!image || other) {
    const found = inputs.map(({ name }) => name).join(', ');
    throw new AppError('invalid', `${file} does not take one image: ${found}`, { key: 'encoder-inputs', file, found });
  }
  const named = (name: string, rank: number) => outputs.find((output) => output.name === name && rankFits(output, rank));
  const pooled = POOLED.map((name) => named(name, 2)).find(Boolean) ?? only(outputs, 2);
  const patches = named('patch_tokens', 3);
  const hidden = named('last_hidden_state', 3) ?? (patches ? undefined : only(outputs, 3));
  if (!pooled && !patches && !hidden) {
    const found = outputs.map(({ name, dims }) => `${name} [${dims.map((dim) => dim ?? '?').join(', ')}]`).join(', ');
    throw new AppError('invalid', `${file} gives no vectors: ${found}`, { key: 'encoder-outputs', file, found });
  }
  const side = image.dims[2] !== null && image.dims[2] === image.dims[3] ? (image.dims[2] ?? null) : null;
  const grid = gridOf((patches ?? hidden)?.dims[1] ?? null);
  return {
    image: image.name,
    outputs: {
      ...(pooled ? { image: pooled.name } : {}),
      ...(patches ? { patches: patches.name } : {}),
      ...(hidden ? { hidden: hidden.name } : {}),
    },
    inputSize: side,
    patchSize: side !== null && grid !== null && side % grid.side === 0 ? side / grid.side : null,
    embedDim: (pooled ?? patches ?? hidden)?.dims.at(-1) ?? null,
    hasCls: patches ? null : (grid?.hasCls ?? null),
    isDynamic: image.dims[2] === null && image.dims[3] === null,
  };
}

const rankFits = ({ dims }: GraphValue, rank: number): boolean => dims.length === rank || dims.length === 0;
function only(outputs: readonly GraphValue[], rank: number): GraphValue | undefined {
  const fitting = outputs.filter(({ dims }) => dims.length === rank);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Tokens are a square of patches, with or without one more in front. */
function gridOf(tokens: number | null): { side: number; hasCls: boolean } | null {
  if (tokens === null) return null;
  for (const hasCls of [false, true]) {
    const side = Math.sqrt(tokens - (hasCls ? 1 : 0));
    if (Number.isInteger(side) && side > 1) return { side, hasCls };
  }
  return null;
}

/** The manifest with the names that the image tower uses; what was known before stands where the graph says nothing. */
export function withVision(known: EncoderManifest, facts: GraphFacts): EncoderManifest {
  return {
    ...known,
    inputs: { ...known.inputs, image: facts.image },
    outputs: { ...(known.outputs.text === undefined ? {} : { text: known.outputs.text }), ...facts.outputs },
    input_size: facts.inputSize ?? known.input_size,
    patch_size: facts.patchSize ?? known.patch_size,
    embed_dim: facts.embedDim ?? known.embed_dim,
    last_hidden_state_has_cls: facts.hasCls ?? known.last_hidden_state_has_cls,
  };
}

/** The same of the text tower: the name of its output, of those it has. Throws AppError `encoder-outputs`. */
export function withText(known: EncoderManifest, { inputs, outputs }: GraphSignature, file: string): EncoderManifest {
  const ids = inputs.find(({ name }) => name === known.inputs.text) ?? inputs.find(({ name }) => /ids/.test(name));
  const out = ['text_embeds', 'text_features', 'pooler_output'].map((name) => outputs.find((output) => output.name === name)).find(Boolean) ?? only(outputs, 2);
  if (!out || !ids) {
    const found = [...inputs, ...outputs].map(({ name }) => name).join(', ');
    throw new AppError('invalid', `${file} does not turn words into vectors: ${found}`, { key: 'encoder-outputs', file, found });
  }
  return { ...known, inputs: { ...known.inputs, text: ids.name }, outputs: { ...known.outputs, text: out.name } };
}
