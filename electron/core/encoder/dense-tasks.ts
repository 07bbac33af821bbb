/** The tasks for proposals: encode an image in tiles and keep its feature maps, then answer for points on it without running the graph again. */
import type { TileLevel } from './dense/assemble.ts';
import { type DenseImage, denseOfDetector, denseOfTokens, type DetectorTile } from './dense/dense-image.ts';
import type { Level } from './dense/feature-map.ts';
import { proposeSimilar, proposeText } from './dense/propose.ts';
import { queryOf, textHeat, textsOf } from './dense/text-heat.ts';
import { embedTexts } from './embed.ts';
import type { EncoderTasks, ModelRef, PixelBlock, Proposed, Tile } from './messages.ts';
import { type Begin, type Models, outputOf } from './model.ts';
import { pictureBatch } from './preprocess.ts';
import type { Graph, Output } from './session.ts';

/** How much of maps is kept. One image of NanoDet-g at both looks takes 23 MB, one seen closely 90 MB. */
const KEPT_BYTES = 128 << 20;

/** Feature maps by key; the one not used for longest goes first. */
export interface DenseStore {
  get(key: string): DenseImage | null;
  put(key: string, image: DenseImage): void;
  /** Forgets all but the one used last, which is what a click on the open image needs; false where there is none. */
  keepLast(): boolean;
}

export function createDenseStore(limitBytes = KEPT_BYTES): DenseStore {
  const kept = new Map<string, DenseImage>();
  const touch = (key: string, image: DenseImage): void => {
    kept.delete(key);
    kept.set(key, image);
  };
  /** The one used last stays, whatever its size. */
  const shrink = (to: number): void => {
    let bytes = 0;
    for (const [at, [key, image]] of [...kept].toReversed().entries()) {
      bytes += bytesOf(image);
      if (at > 0 && bytes > to) kept.delete(key);
    }
  };
  return {
    get(key) {
      const image = kept.get(key) ?? null;
      if (image) touch(key, image);
      return image;
    },
    put(key, image) {
      touch(key, image);
      shrink(limitBytes);
    },
    keepLast() {
      shrink(0);
      return kept.size > 0;
    },
  };
}

/** Memory of an image's maps, in bytes. */
export const bytesOf = ({ looks, aligned, words }: DenseImage): number =>
  [...looks, aligned].reduce((sum, map) => sum + (map?.vectors.byteLength ?? 0), words?.data.byteLength ?? 0);

/** Of the encoder, too: another one's maps of the same image are other maps. */
const keyOf = (model: ModelRef, key: string): string => `${model.hash} ${key}`;

/** Runs the graph for each tile by itself, as tiles differ in size, and keeps the maps. */
export async function encodeForPoints(
  store: DenseStore,
  { model, key, tiles }: EncoderTasks['encode']['in'],
  models: Models,
  begin: Begin,
): Promise<EncoderTasks['encode']['out']> {
  const graph = await models.vision(model, begin);
  const image = model.manifest.kind === 'detector' ? await encodeDetector(model, graph, tiles) : await encodeTokens(model, graph, tiles);
  store.put(keyOf(model, key), image);
  return { columns: image.columns, rows: image.rows };
}

/** Peaks on a kept image: like the points, where the label's words are seen, or both. Nothing where there is neither a point nor a word to go by. */
export async function proposePoints(
  store: DenseStore,
  { model, key, ask }: EncoderTasks['propose']['in'],
  models: Models,
  begin: Begin,
): Promise<EncoderTasks['propose']['out']> {
  const image = store.get(keyOf(model, key));
  if (!image) return { missing: true };
  const { positives, negatives, text, otherTexts } = ask;
  if (text !== null && image.aligned) {
    const { manifest } = model;
    const vectors = await embedTexts(models, model, textsOf(manifest, text, otherTexts), begin);
    return proposeText(image, textHeat(image.aligned, queryOf(manifest, otherTexts.length, vectors), manifest), positives, negatives);
  }
  return positives.length > 0 ? proposeSimilar(image, positives, negatives) : nothing(image);
}

const nothing = ({ columns, rows }: DenseImage): Proposed => ({
  peaks: [],
  threshold: 1,
  heat: { columns, rows, values: new Uint8Array(columns * rows) },
});

async function runTile(model: ModelRef, graph: Graph, tile: Tile, outputs: readonly string[]): Promise<Readonly<Record<string, Output>>> {
  return await graph.run({ [model.manifest.inputs.image]: pictureBatch(model.manifest, [tile.pixels]) }, outputs);
}

async function encodeDetector(model: ModelRef, graph: Graph, tiles: readonly Tile[]): Promise<DenseImage> {
  const named = (role: string): string => {
    const name = outputOf(model, graph, role);
    if (name === null) throw new Error(`${model.manifest.vision} has no output ${role}`);
    return name;
  };
  const names = ['f8', 'f16', 'f32', 'c8', 'c16', 'c32'].map(named);
  const encoded: DetectorTile[] = [];
  for (const tile of tiles) {
    const outputs = await runTile(model, graph, tile, names);
    const [f8, f16, f32, ...classes] = names.map((name) => levelOf(outputs[name]!)) as [Level, Level, Level, ...Level[]];
    encoded.push({ ...areaOf(tile), level: f16, f8, f32, classes });
  }
  return denseOfDetector(encoded, wholeOf(tiles));
}

async function encodeTokens(model: ModelRef, graph: Graph, tiles: readonly Tile[]): Promise<DenseImage> {
  const { patch_size: patch, last_hidden_state_has_cls: hasClass, kind } = model.manifest;
  const patches = outputOf(model, graph, 'patches');
  const name = patches ?? outputOf(model, graph, 'hidden');
  if (name === null) throw new Error(`${model.manifest.vision} gives no patch tokens`);
  const encoded: TileLevel[] = [];
  for (const tile of tiles) {
    const output = (await runTile(model, graph, tile, [name]))[name]!;
    const [columns, rows] = [Math.round(tile.pixels.width / patch), Math.round(tile.pixels.height / patch)];
    encoded.push({ ...areaOf(tile), level: tokensOf(output, columns, rows, patches === null && hasClass) });
  }
  return denseOfTokens(encoded, kind === 'clip' && patches !== null, wholeOf(tiles));
}

/** The whole image with the most pixels that there are. */
function wholeOf(tiles: readonly Tile[]): PixelBlock {
  return tiles.filter(({ widthPct, heightPct }) => widthPct === 100 && heightPct === 100).at(-1)!.pixels;
}

const areaOf = ({ xPct, yPct, widthPct, heightPct }: Tile) => ({ xPct, yPct, widthPct, heightPct });

/** [1, channels, rows, columns]. */
function levelOf({ data, dims }: Output): Level {
  return { channels: dims[1]!, rows: dims[2]!, columns: dims[3]!, data };
}

/** From [1, tokens, channels] to planes, without the class token where there is one. */
function tokensOf({ data, dims }: Output, columns: number, rows: number, hasClass: boolean): Level {
  const channels = dims[2]!;
  const count = columns * rows;
  const skipped = hasClass ? 1 : 0;
  if (dims[1] !== count + skipped) throw new Error(`${dims[1]} tokens are not ${columns} x ${rows}${hasClass ? ' and one for the class' : ''}`);
  const planes = new Float32Array(channels * count);
  for (let i = 0; i < count; i++) for (let channel = 0; channel < channels; channel++) planes[channel * count + i] = data[(i + skipped) * channels + channel]!;
  return { channels, columns, rows, data: planes };
}
