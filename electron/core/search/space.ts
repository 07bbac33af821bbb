/** How an encoder's vectors are compared: as they are, or a detector's parts, each around the mean of the project. */
import type { EncoderKind } from '../../../shared/domain/encoder.ts';
import { dot } from './vector-index.ts';

/** Vectors of one encoder in the open project. */
export interface SpaceRef {
  /** `encoder.num` in the project's database. */
  readonly encoderNum: number;
  readonly kind: EncoderKind;
  readonly dim: number;
  /** Length of a detector's last part, the best score of each class; 0 for others. */
  readonly classes: number;
}
export interface Space {
  /** A stored vector as one of length 1, of which the inner product is the similarity. */
  comparable(stored: Float32Array): Float32Array;
  /** Mean of the sample's comparable vectors. */
  readonly centre: Float32Array;
}

/** Mean of stride 32, mean of stride 16 with half as many channels, best class scores: where each part begins, and the end. */
function partsOf({ dim, classes, kind }: SpaceRef): number[] {
  if (kind !== 'detector') return [0, dim];
  const half = Math.floor((dim - classes) / 3);
  return [0, dim - classes - half, dim - classes, dim].filter((at, place, all) => place === 0 || at > all[place - 1]!);
}

/** The space as it is seen from these vectors: all of a small project, some thousand of a large one. */
export function createSpace(ref: SpaceRef, sample: readonly Float32Array[]): Space {
  const parts = partsOf(ref);
  const mean = ref.kind === 'detector' ? meanOf(sample, ref.dim) : new Float32Array(ref.dim);
  const share = 1 / Math.sqrt(parts.length - 1);
  const comparable = (stored: Float32Array) => {
    const vector = new Float32Array(ref.dim);
    for (let at = 0; at < vector.length; at++) vector[at] = stored[at]! - mean[at]!;
    for (let part = 0; part + 1 < parts.length; part++) {
      const view = vector.subarray(parts[part], parts[part + 1]);
      const length = Math.sqrt(dot(view, view));
      for (let at = 0; at < view.length; at++) view[at] = length > 1e-9 ? (view[at]! / length) * share : 0;
    }
    return vector;
  };
  return { comparable, centre: meanOf(sample.map(comparable), ref.dim) };
}

function meanOf(vectors: readonly Float32Array[], dim: number): Float32Array {
  const mean = new Float64Array(dim);
  for (const vector of vectors) for (let at = 0; at < dim; at++) mean[at]! += vector[at]! / vectors.length;
  return Float32Array.from(mean);
}
