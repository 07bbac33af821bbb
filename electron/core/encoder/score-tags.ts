/** How well words fit an image. */
import { embedBatch, unit } from './embed.ts';
import type { ModelRef, PixelBlock } from './messages.ts';
import { type Begin, type Models, outputOf } from './model.ts';
import { pictureBatch } from './preprocess.ts';

/** What CLIP learned as the factor of its cosines; for encoders whose manifest says none. */
const USUAL_SCALE = 100;

/**
 * A score for each text vector, by the patch that is most like it: the mean over a crowded scene is like none of its things (shapes-clip, 2 to 6 objects:
 * mAP 91 % by the best patch, 50 % by the image's vector). Without text-aligned patches the image's vector is compared. An encoder whose manifest says how
 * its cosines become probabilities is believed; otherwise the words share a softmax, which only ranks them. Without vectors: a detector's classes.
 */
export async function scoreTags(models: Models, model: ModelRef, image: PixelBlock, vectors: readonly Float32Array[], begin: Begin): Promise<number[]> {
  const graph = await models.vision(model, begin);
  const { manifest } = model;
  const batch = pictureBatch(manifest, [image]);
  if (manifest.kind === 'detector') {
    // The highest score of each class is the last part of its vector.
    const [vector] = await embedBatch(graph, model, batch);
    return [...vector!.subarray(vector!.length - (manifest.classes?.length ?? 0))];
  }
  const patches = outputOf(model, graph, 'patches');
  if (patches === null) {
    const [vector] = await embedBatch(graph, model, batch);
    return probabilities(
      vectors.map((text) => dot(vector!, text)),
      manifest.logit_scale,
      manifest.logit_bias,
    );
  }
  const { data, dims } = (await graph.run({ [manifest.inputs.image]: batch }, [patches]))[patches]!;
  const size = dims.at(-1)!;
  const best = vectors.map(() => -1);
  for (let start = 0; start < data.length; start += size) {
    const patch = unit(data.slice(start, start + size));
    vectors.forEach((text, at) => (best[at] = Math.max(best[at]!, dot(patch, text))));
  }
  return probabilities(best, manifest.dense_logit_scale, manifest.dense_logit_bias);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function probabilities(cosines: readonly number[], scale: number | null | undefined, bias: number | null | undefined): number[] {
  if (scale != null && bias != null) return cosines.map((cosine) => 1 / (1 + Math.exp(-(scale * cosine + bias))));
  const powers = cosines.map((cosine) => (scale ?? USUAL_SCALE) * cosine);
  const top = Math.max(...powers);
  const exps = powers.map((power) => Math.exp(power - top));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((value) => value / sum);
}
