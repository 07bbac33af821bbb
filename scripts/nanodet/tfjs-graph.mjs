// Reads a TFJS graph model: its nodes by name, and its constants as they stand in the weights file.

const BYTES = { int32: 4, float32: 4, float16: 2 };

/** `nodes`: Map of name to `{ op, inputs, attr }`. `constants`: Map of name to `{ dims, dtype, data }`; a float16 one was float32 before it was stored. */
export function readTfjsGraph(json, weights) {
  const { modelTopology, weightsManifest } = JSON.parse(json);
  const constants = new Map();
  let offset = 0;
  for (const { name, shape, dtype, quantization } of weightsManifest.flatMap((group) => group.weights)) {
    const stored = quantization?.dtype ?? dtype;
    if (!(stored in BYTES)) throw new Error(`${name} is stored as ${stored}, which is not read here`);
    const length = shape.reduce((product, size) => product * size, 1) * BYTES[stored];
    constants.set(name, { dims: shape, dtype: stored, data: weights.subarray(offset, offset + length) });
    offset += length;
  }
  if (offset !== weights.length) throw new Error(`the weights are ${weights.length} bytes long, and the graph names ${offset}`);
  const nodes = new Map(modelTopology.node.map(({ name, op, input, attr }) => [name, { op, inputs: input ?? [], attr: attr ?? {} }]));
  return { nodes, constants };
}

/** The numbers of a constant of whole numbers. */
export function integers({ dtype, data }) {
  if (dtype !== 'int32') throw new Error(`whole numbers expected, found ${dtype}`);
  return Array.from({ length: data.length / 4 }, (_, i) => data.readInt32LE(i * 4));
}
