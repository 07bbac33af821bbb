// Writes ONNX: the few messages of onnx.proto (IR version 8) that a feed-forward graph needs, as protobuf wire format. The same input gives the same bytes.

/** TensorProto.DataType. */
export const dataType = { float: 1, int64: 7, float16: 10 };
/** AttributeProto.AttributeType. */
const attributeType = { float: 1, int: 2, string: 3, ints: 7 };
const IR_VERSION = 8;

/** A protobuf varint of a whole number; negative ones take ten bytes. */
function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
const integer = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field, value) => Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value, 'utf8'));
function float(field, value) {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), four]);
}
const message = (field, parts) => bytes(field, Buffer.concat(parts));

/** An attribute by the kind of its value: `{ ints: [1, 1] }`, `{ int: 1 }`, `{ float: 0.1 }` or `{ string: 'linear' }`. */
function attribute(name, value) {
  const [kind, content] = Object.entries(value)[0];
  const written = {
    float: () => [float(2, content)],
    int: () => [integer(3, content)],
    string: () => [text(4, content)],
    ints: () => content.map((one) => integer(8, one)),
  }[kind]();
  return [text(1, name), ...written, integer(20, attributeType[kind])];
}

function node({ op, inputs, outputs, attributes = {} }) {
  const attributesWritten = Object.entries(attributes).map(([name, value]) => message(5, attribute(name, value)));
  return [...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name)), text(3, outputs[0]), text(4, op), ...attributesWritten];
}
const tensor = ({ name, type, dims, data }) => [...dims.map((size) => integer(1, size)), integer(2, type), text(8, name), bytes(9, data)];

/** A graph's input or output of float32; a size that is a word is free. */
function valueInfo({ name, dims }) {
  const shape = dims.map((size) => message(1, [typeof size === 'string' ? text(2, size) : integer(1, size)]));
  return [text(1, name), message(2, [message(1, [integer(1, dataType.float), message(2, shape)])])];
}

/** The bytes of an ONNX file. `initialisers` hold their numbers little-endian. */
export function writeOnnx({ name, producer, description, opset, nodes, initialisers, inputs, outputs }) {
  const graph = [
    ...nodes.map((one) => message(1, node(one))),
    text(2, name),
    ...initialisers.map((one) => message(5, tensor(one))),
    ...inputs.map((one) => message(11, valueInfo(one))),
    ...outputs.map((one) => message(12, valueInfo(one))),
  ];
  return Buffer.concat([integer(1, IR_VERSION), text(2, producer), text(6, description), message(7, graph), message(8, [text(1, ''), integer(2, opset)])]);
}
