/** CVAT's XML, an `image` or `track` element at a time, and the XML of the old LabelMe web tool. Pixels. */
import type { JsonValue } from '../columns.ts';
import { sizeOf } from './fields.ts';
import { type ImageRef, type ImportLabel, type ImportRecord, type Note, type XyPair, recordOf } from './record.ts';

/** An element of XML with all that is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}
const SHAPES: Readonly<Record<string, 'shape-box' | 'shape-mask' | 'shape-other'>> = {
  box: 'shape-box',
  polygon: 'shape-mask',
  mask: 'shape-mask',
  ellipse: 'shape-mask',
  polyline: 'shape-other',
  cuboid: 'shape-other',
};

const pointsOf = (text: string | undefined): XyPair[] =>
  (text ?? '')
    .split(';')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const [x = '', y = ''] = pair.split(',');
      return [x.trim() === '' ? Number.NaN : Number(x), y.trim() === '' ? Number.NaN : Number(y)];
    });
const plain = ({ name, attributes, children, text }: Element): JsonValue => ({
  [name]: attributes,
  ...(children.length > 0 && { children: children.map(plain) }),
  ...(text.trim() !== '' && { text: text.trim() }),
});

interface Read {
  readonly points: Map<string, XyPair[]>;
  readonly notes: Note[];
  readonly kept: JsonValue[];
  readonly captions: string[];
}
const newRead = (): Read => ({ points: new Map(), notes: [], kept: [], captions: [] });
function place(read: Read, label: string | undefined, points: readonly XyPair[]): void {
  if (label === undefined || label.trim() === '') read.notes.push({ reason: 'label-blank', detail: '' });
  else read.points.set(label, [...(read.points.get(label) ?? []), ...points]);
}

/** One shape of an image or of a frame. A skeleton's joints are labels of their own. */
function readShape(read: Read, shape: Element, label: string | undefined): void {
  const { attributes } = shape;
  if (shape.name === 'points') {
    if (attributes['occluded'] === '1') read.notes.push({ reason: 'point-hidden', detail: label ?? '' });
    place(read, label, pointsOf(attributes['points']));
    if (shape.children.length > 0) read.kept.push(plain(shape));
  } else if (shape.name === 'skeleton') {
    for (const joint of shape.children.filter((child) => child.name === 'points')) {
      const name = `${label ?? ''} ${joint.attributes['label'] ?? ''}`.trim();
      if (joint.attributes['outside'] === '1') read.notes.push({ reason: 'keypoint-unlabelled', detail: name });
      else readShape(read, { ...joint, children: [] }, name);
    }
  } else if (shape.name === 'tag') {
    const words = shape.children
      .filter((child) => child.name === 'attribute' && /caption|description/i.test(child.attributes['name'] ?? ''))
      .map((child) => child.text.trim());
    read.captions.push(...words.filter((text) => text !== ''));
    if (words.length === 0) read.kept.push(plain(shape));
  } else {
    read.notes.push({ reason: SHAPES[shape.name] ?? 'shape-other', detail: label ?? shape.name });
    read.kept.push(plain(shape));
  }
}
function toRecord(where: string, image: Partial<ImageRef>, read: Read): ImportRecord {
  const labels = [...read.points].map(([label, points]): ImportLabel => ({ label, method: 'pointing', points, unit: 'pixels' }));
  return recordOf(where, image, { captions: read.captions, labels, notes: read.notes, extra: read.kept.length > 0 ? { shapes: read.kept } : null });
}

/** An `image` element. */
export function cvatImage(element: Element, where: string): ImportRecord {
  const { name, width, height } = element.attributes;
  const read = newRead();
  for (const shape of element.children) readShape(read, shape, shape.attributes['label']);
  return toRecord(where, { paths: name === undefined || name === '' ? [] : [name], size: sizeOf(width, height) }, read);
}

/** A `track` of a video: what stands on each frame that a person set. Frames are pictures by their number. */
export function cvatTrack(track: Element, where: string, size: ImageRef['size']): ImportRecord[] {
  const frames = new Map<string, Read>();
  for (const shape of track.children) {
    const frame = shape.attributes['frame'];
    if (frame === undefined || shape.attributes['outside'] === '1') continue;
    const read = frames.get(frame) ?? newRead();
    frames.set(frame, read);
    if (shape.attributes['keyframe'] === '0') read.notes.push({ reason: 'machine-made', detail: track.attributes['label'] ?? '' });
    else readShape(read, shape, track.attributes['label']);
  }
  return [...frames].map(([frame, read]) =>
    toRecord(`${where}, frame ${frame}`, { stems: [`frame_${frame.padStart(6, '0')}`, frame.padStart(6, '0')], size }, read),
  );
}

/** The `annotation` element of the LabelMe web tool, which knows outlines only. */
export function labelmeXml(element: Element, where: string): ImportRecord {
  const child = (of: Element, name: string) => of.children.find((one) => one.name === name);
  const read = newRead();
  for (const object of element.children.filter((one) => one.name === 'object' && child(one, 'deleted')?.text !== '1')) {
    read.notes.push({ reason: child(object, 'bndbox') ? 'shape-box' : 'shape-mask', detail: child(object, 'name')?.text.trim() ?? '' });
    read.kept.push(plain(object));
  }
  const size = child(element, 'imagesize') ?? child(element, 'size');
  const side = (...names: string[]) => names.map((name) => size && child(size, name)?.text).find((text) => text !== undefined);
  const name = child(element, 'filename')?.text.trim();
  return toRecord(where, { paths: name === undefined || name === '' ? [] : [name], size: sizeOf(side('ncols', 'width'), side('nrows', 'height')) }, read);
}
