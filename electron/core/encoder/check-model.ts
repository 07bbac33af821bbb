/** Whether an encoder's graphs are what its manifest says, and how fast they are here. */
import type { EncoderMeasure } from '../../../shared/domain/encoder.ts';
import { embedBatch, embedTexts } from './embed.ts';
import type { ModelRef } from './messages.ts';
import { type Begin, type Models, outputOf } from './model.ts';
import type { Graph } from './session.ts';

/** Loads and runs both towers. Null, or what is wrong, in words of the file (for the details of a sentence). */
export async function checkModel(models: Models, model: ModelRef, begin: Begin): Promise<string | null> {
  try {
    return (await visionProblem(models, model, begin)) ?? (await textProblem(models, model, begin));
  } catch (thrown) {
    return (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0]!.slice(0, 300);
  } finally {
    await models.close(model);
  }
}

async function visionProblem(models: Models, model: ModelRef, begin: Begin): Promise<string | null> {
  const { manifest } = model;
  const graph = await models.vision(model, begin);
  const wants = namesWanted(model);
  const lacks = wants.find((name) => !graph.outputNames.includes(name));
  if (lacks !== undefined) return `${manifest.vision} has no output "${lacks}"; it has ${graph.outputNames.join(', ')}`;
  const input = manifest.inputs.image;
  if (!graph.inputNames.includes(input)) return `${manifest.vision} has no input "${input}"; it has ${graph.inputNames.join(', ')}`;
  const other = graph.inputNames.find((name) => name !== input);
  if (other !== undefined) return `${manifest.vision} asks for an input "${other}" that is not known here`;
  const [vector] = await embedBatch(graph, model, grey(model, 1));
  if (vector!.length !== manifest.embed_dim) return `${manifest.vision} gives vectors of ${vector!.length} numbers, model.json says ${manifest.embed_dim}`;
  return vector!.some((value) => !Number.isFinite(value)) ? `${manifest.vision} gives no numbers` : await patchProblem(graph, model);
}

/** Outputs that the manifest names for the image tower; a detector's are known by its kind. */
function namesWanted({ manifest: { outputs, kind } }: ModelRef): string[] {
  const named = ['image', 'patches', 'hidden'].map((role) => outputs[role]).filter((name) => typeof name === 'string');
  if (kind !== 'detector') return named;
  return ['f16', 'f32', 'c8', 'c16', 'c32'].map((role) => (typeof outputs[role] === 'string' ? outputs[role] : role));
}

async function patchProblem(graph: Graph, model: ModelRef): Promise<string | null> {
  const { manifest } = model;
  const name = manifest.outputs.patches === undefined ? null : outputOf(model, graph, 'patches');
  if (name === null) return null;
  const { dims } = (await graph.run({ [manifest.inputs.image]: grey(model, 1) }, [name]))[name]!;
  const side = Math.floor(manifest.input_size / manifest.patch_size);
  if (dims.length === 3 && dims[1] === side * side) return null;
  return `${manifest.vision} gives "${name}" of size ${dims.join(' x ')}, expected ${side * side} patches`;
}

async function textProblem(models: Models, model: ModelRef, begin: Begin): Promise<string | null> {
  const { manifest } = model;
  if (manifest.kind !== 'clip' || !(manifest.text in manifest.files)) return null;
  const [vector] = await embedTexts(models, model, ['a photo'], begin);
  return vector!.length === manifest.embed_dim ? null : `${manifest.text} gives vectors of ${vector!.length} numbers, model.json says ${manifest.embed_dim}`;
}

/** Pictures of the middle grey, of the size that the graph was trained at. */
function grey({ manifest }: ModelRef, n: number): { data: Float32Array; dims: readonly number[] } {
  const step = manifest.size_multiple_of ?? manifest.patch_size;
  const side = manifest.resize === 'fit' ? Math.max(step, Math.round(manifest.input_size / step) * step) : manifest.input_size;
  return { data: new Float32Array(n * 3 * side * side), dims: [n, 3, side, side] };
}

const MEASURED_MS = 2000;
const BATCH = 8;

/** Times the image tower: single pictures for the latency, then batches for the pace. Decoding is left out. */
export async function measureModel(models: Models, model: ModelRef, begin: Begin): Promise<EncoderMeasure> {
  await models.close(model);
  const before = process.memoryUsage.rss();
  const graph = await models.vision(model, begin);
  await embedBatch(graph, model, grey(model, 1));
  const single: number[] = [];
  const until = performance.now() + MEASURED_MS;
  while (single.length < 5 || (single.length < 50 && performance.now() < until)) single.push(await timed(graph, model, 1));
  const latencyMs = single.toSorted((a, b) => a - b)[Math.floor(single.length / 2)]!;
  // A batch of a slow encoder would take a minute.
  const n = Math.max(1, Math.min(BATCH, Math.floor(MEASURED_MS / latencyMs)));
  const batches: number[] = [];
  const end = performance.now() + MEASURED_MS;
  while (batches.length < 2 || performance.now() < end) batches.push(await timed(graph, model, n));
  return {
    imagesPerSecond: (n * 1000) / batches.toSorted((a, b) => a - b)[Math.floor(batches.length / 2)]!,
    latencyMs,
    memoryBytes: Math.max(0, process.memoryUsage.rss() - before),
    threads: models.threads,
    at: Date.now(),
  };
}

async function timed(graph: Graph, model: ModelRef, n: number): Promise<number> {
  const batch = grey(model, n);
  const begun = performance.now();
  await embedBatch(graph, model, batch);
  return performance.now() - begun;
}
