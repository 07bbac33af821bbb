// A ViT-B/32 image tower of CLIP's size with random weights (seeded), written as ONNX: what it says means nothing, how long it takes does.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { dataType, writeOnnx } from '../../scripts/nanodet/onnx-writer.mjs';

const [SIDE, PATCH, DIM, HEADS, LAYERS, MLP, OUT] = [224, 32, 768, 12, 12, 3072, 512];
const HEAD = DIM / HEADS;
const CELLS = (SIDE / PATCH) ** 2;
const TOKENS = CELLS + 1;

/** Writes the encoder's folder where it is not there yet; returns it. */
export function ensureClipGraph(folder) {
  if (existsSync(path.join(folder, 'model.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  const onnx = towerBytes();
  const temporary = path.join(folder, 'vision_model.onnx.tmp');
  writeFileSync(temporary, onnx);
  renameSync(temporary, path.join(folder, 'vision_model.onnx'));
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  const manifest = {
    id: 'bench-vit-b-32',
    name: 'ViT-B/32, random weights',
    kind: 'clip',
    licence: 'CC0-1.0',
    input_size: SIDE,
    patch_size: PATCH,
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
    resize: 'crop',
    interpolation: 'bicubic',
    embed_dim: OUT,
    last_hidden_state_has_cls: true,
    outputs: { image: 'image_embeds' },
    files: { 'vision_model.onnx': { bytes: onnx.length, sha256 } },
  };
  const preprocessor = {
    image_processor_type: 'CLIPImageProcessor',
    do_resize: true,
    size: { shortest_edge: SIDE },
    resample: 3,
    do_center_crop: true,
    crop_size: { height: SIDE, width: SIDE },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    do_convert_rgb: true,
    image_mean: manifest.mean,
    image_std: manifest.std,
  };
  writeFileSync(path.join(folder, 'preprocessor_config.json'), JSON.stringify(preprocessor));
  writeFileSync(path.join(folder, 'model.json'), JSON.stringify(manifest, null, 2));
  return folder;
}

function towerBytes() {
  const nodes = [];
  const initialisers = [];
  const random = seeded(7);
  const weight = (name, dims, scale = 0.02, mean = 0) => {
    const n = dims.reduce((a, b) => a * b, 1);
    const data = new Float32Array(n);
    for (let i = 0; i < n; i++) data[i] = mean + scale * random();
    initialisers.push({ name, type: dataType.float, dims, data: Buffer.from(data.buffer) });
    return name;
  };
  const ints = (name, values) => {
    initialisers.push({ name, type: dataType.int64, dims: [values.length], data: Buffer.from(BigInt64Array.from(values, BigInt).buffer) });
    return name;
  };
  const add = (op, inputs, output, attributes) => {
    nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  };
  const linear = (name, input, from, to) => {
    const product = add('MatMul', [input, weight(`${name}.weight`, [from, to], from ** -0.5)], `${name}.product`);
    return add('Add', [product, weight(`${name}.bias`, [to])], `${name}.sum`);
  };
  const norm = (name, input) =>
    add('LayerNormalization', [input, weight(`${name}.weight`, [DIM], 0.02, 1), weight(`${name}.bias`, [DIM])], name, {
      axis: { int: -1 },
      epsilon: { float: 1e-5 },
    });

  const patches = add('Conv', ['pixel_values', weight('patch', [DIM, 3, PATCH, PATCH])], 'patches', {
    kernel_shape: { ints: [PATCH, PATCH] },
    strides: { ints: [PATCH, PATCH] },
  });
  const cells = add('Transpose', [add('Reshape', [patches, ints('cells', [0, DIM, CELLS])], 'rows')], 'tokens', { perm: { ints: [0, 2, 1] } });
  const batch = add('Shape', ['pixel_values'], 'n', { start: { int: 0 }, end: { int: 1 } });
  const wide = add('Concat', [batch, ints('one.token', [1, DIM])], 'class.shape', { axis: { int: 0 } });
  const cls = add('Expand', [weight('class', [1, 1, DIM]), wide], 'class.tokens');
  let x = add('Add', [add('Concat', [cls, cells], 'all', { axis: { int: 1 } }), weight('position', [1, TOKENS, DIM])], 'embedded');
  x = norm('pre', x);
  const heads = ints('heads', [0, TOKENS, HEADS, HEAD]);
  const joined = ints('joined', [0, TOKENS, DIM]);
  const scale = weight('scale', [1], 0, HEAD ** -0.5);
  const gelu = weight('gelu', [1], 0, 1.702);
  for (let layer = 0; layer < LAYERS; layer++) {
    const at = `block${layer}`;
    const inside = norm(`${at}.ln1`, x);
    const part = (name, perm) =>
      add('Transpose', [add('Reshape', [linear(`${at}.${name}`, inside, DIM, DIM), heads], `${at}.${name}.heads`)], `${at}.${name}.turned`, {
        perm: { ints: perm },
      });
    const [q, k, v] = [part('q', [0, 2, 1, 3]), part('k', [0, 2, 3, 1]), part('v', [0, 2, 1, 3])];
    const scores = add('MatMul', [add('Mul', [q, scale], `${at}.scaled`), k], `${at}.scores`);
    const mixed = add('MatMul', [add('Softmax', [scores], `${at}.attention`, { axis: { int: -1 } }), v], `${at}.mixed`);
    const flat = add('Reshape', [add('Transpose', [mixed], `${at}.back`, { perm: { ints: [0, 2, 1, 3] } }), joined], `${at}.flat`);
    x = add('Add', [x, linear(`${at}.out`, flat, DIM, DIM)], `${at}.attended`);
    const wide = linear(`${at}.fc1`, norm(`${at}.ln2`, x), DIM, MLP);
    const active = add('Mul', [wide, add('Sigmoid', [add('Mul', [wide, gelu], `${at}.steep`)], `${at}.gate`)], `${at}.active`);
    x = add('Add', [x, linear(`${at}.fc2`, active, MLP, DIM)], `${at}.done`);
  }
  const first = add('Gather', [x, ints('first', [0])], 'class.out', { axis: { int: 1 } });
  const pooled = norm('post', add('Reshape', [first, ints('pooled.shape', [0, DIM])], 'pooled'));
  add('MatMul', [pooled, weight('projection', [DIM, OUT], DIM ** -0.5)], 'image_embeds');
  return writeOnnx({
    name: 'vit-b-32',
    producer: 'pointillist bench',
    description: 'random weights',
    opset: 17,
    nodes,
    initialisers,
    inputs: [{ name: 'pixel_values', dims: ['n', 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', dims: ['n', OUT] }],
  });
}

/** Normally distributed numbers that are the same every time: mulberry32 and Box-Muller. */
function seeded(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
