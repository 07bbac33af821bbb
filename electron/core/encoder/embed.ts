/** One vector an image or a text. */
import type { ModelRef, PixelBlock } from './messages.ts';
import { type Begin, type Models, outputOf } from './model.ts';
import { canvasOf, pictureBatch } from './preprocess.ts';
import type { Graph, Output } from './session.ts';

/** Vectors of images, in order. Pictures of one size go through the graph together. */
export async function embedImages(models: Models, model: ModelRef, images: readonly PixelBlock[], begin: Begin): Promise<Float32Array[]> {
  const graph = await models.vision(model, begin);
  const vectors: Float32Array[] = Array.from({ length: images.length });
  for (const places of bySize(model, images)) {
    const batch = pictureBatch(
      model.manifest,
      places.map((place) => images[place]!),
    );
    const found = await embedBatch(graph, model, batch);
    for (const [at, place] of places.entries()) vectors[place] = found[at]!;
  }
  return vectors;
}

function bySize({ manifest }: ModelRef, images: readonly PixelBlock[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [place, image] of images.entries()) {
    const { width, height } = canvasOf(manifest, image);
    const key = `${width} ${height}`;
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  }
  return [...groups.values()];
}

/** Vectors of a batch that is a graph's input already. */
export async function embedBatch(graph: Graph, model: ModelRef, batch: { data: Float32Array; dims: readonly number[] }): Promise<Float32Array[]> {
  const feeds = { [model.manifest.inputs.image]: batch };
  const n = batch.dims[0]!;
  if (model.manifest.kind === 'detector') {
    const names = ['f32', 'f16', 'c8', 'c16', 'c32'].map((role) => outputOf(model, graph, role) ?? missing(model, role));
    const out = await graph.run(feeds, names);
    const [f32, f16, ...classes] = names.map((name) => out[name]!);
    return rows(n, (at) => detectorVector(f32!, f16!, classes, at));
  }
  const image = outputOf(model, graph, 'image');
  if (image !== null) {
    const { data } = (await graph.run(feeds, [image]))[image]!;
    const size = data.length / n;
    return rows(n, (at) => unit(data.slice(at * size, (at + 1) * size)));
  }
  const hidden = outputOf(model, graph, 'hidden') ?? missing(model, 'image');
  const tokens = (await graph.run(feeds, [hidden]))[hidden]!;
  return rows(n, (at) => unit(tokenVector(tokens, at, model.manifest.last_hidden_state_has_cls)));
}

const rows = <T>(n: number, row: (at: number) => T): T[] => Array.from({ length: n }, (_, at) => row(at));

function missing({ manifest }: ModelRef, role: string): never {
  const named = manifest.outputs[role];
  throw new Error(`${manifest.vision} has no output ${typeof named === 'string' ? named : role}`);
}

/** Without an image output: the class token where there is one, as DINO is used for retrieval; else the mean of the tokens. */
function tokenVector({ data, dims }: Output, at: number, hasCls: boolean): Float32Array {
  const [, tokens, size] = dims as [number, number, number];
  const start = at * tokens * size;
  if (hasCls) return data.slice(start, start + size);
  const mean = new Float32Array(size);
  for (let token = 0; token < tokens; token++) for (let i = 0; i < size; i++) mean[i]! += data[start + token * size + i]! / tokens;
  return mean;
}

/**
 * A detector's image vector: mean of the features at stride 32, mean of those at stride 16, highest score of each class over all strides (512 + 256 + 80
 * for NanoDet-g). Not of length 1: each part is centred on the project's mean when it is searched.
 */
function detectorVector(f32: Output, f16: Output, classes: readonly Output[], at: number): Float32Array {
  const words = classes[0]!.dims[1]!;
  const [a, b] = [f32.dims[1]!, f16.dims[1]!];
  const vector = new Float32Array(a + b + words);
  planes(f32, at, (channel, sum, _top, count) => (vector[channel] = sum / count));
  planes(f16, at, (channel, sum, _top, count) => (vector[a + channel] = sum / count));
  for (const map of classes) planes(map, at, (channel, _sum, top) => (vector[a + b + channel] = Math.max(vector[a + b + channel]!, top)));
  return vector;
}

/** Sum and maximum of every plane of one picture's [channels, height, width]. */
function planes({ data, dims }: Output, at: number, take: (channel: number, sum: number, top: number, count: number) => void): void {
  const channels = dims[1]!;
  const count = dims[2]! * dims[3]!;
  for (let channel = 0; channel < channels; channel++) {
    const start = (at * channels + channel) * count;
    let sum = 0;
    let top = -Infinity;
    for (let i = start; i < start + count; i++) {
      const value = data[i]!;
      sum += value;
      if (value > top) top = value;
    }
    take(channel, sum, top, count);
  }
}

/** Texts that go through the graph at a time. */
const TEXTS = 32;

/** Vectors of texts, in order, of length 1. */
export async function embedTexts(models: Models, model: ModelRef, texts: readonly string[], begin: Begin): Promise<Float32Array[]> {
  const { graph, tokenize } = await models.text(model, begin);
  const output = outputOf(model, graph, 'text');
  if (output === null) throw new Error(`${model.manifest.text} has no output ${model.manifest.outputs.text ?? 'text'}`);
  const vectors: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += TEXTS) {
    const part = texts.slice(start, start + TEXTS);
    const { ids, mask } = tokenize(part);
    const feeds = { [model.manifest.inputs.text]: ids, ...(graph.inputNames.includes('attention_mask') ? { attention_mask: mask } : {}) };
    const zeros = { data: new BigInt64Array(ids.data.length), dims: ids.dims };
    const { data } = (await graph.run(graph.inputNames.includes('token_type_ids') ? { ...feeds, token_type_ids: zeros } : feeds, [output]))[output]!;
    const size = data.length / part.length;
    for (let at = 0; at < part.length; at++) vectors.push(unit(data.slice(at * size, (at + 1) * size)));
  }
  return vectors;
}

/** Brings a vector to length 1, in place. Zeros stay zeros. */
export function unit(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  return vector;
}
