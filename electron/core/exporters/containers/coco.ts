/**
 * COCO's one object. Annotations are written as they come; images, which are small, wait until the end. Ids count from 1; a category's is the place
 * of its label among all labels of the export, so that it is the same in every split.
 */
import type { JsonValue, Row } from '../../../../shared/formats/columns.ts';
import type { CocoImage } from '../../../../shared/formats/files/coco.ts';
import type { Container } from './container.ts';
import { linesOf } from './json-rows.ts';

interface WrittenImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
  readonly not_present?: readonly string[];
}
type CocoAnnotation = CocoImage['annotations'][number];
interface WrittenAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id?: number;
  readonly [name: string]: JsonValue | undefined;
}

export const coco: Container = {
  groupBytes: 8 << 20,
  storesRepeatedImagesOnce: false,
  writesEmptySplits: false,
  fileBytes: Infinity,
  open(_table, file, { labels }) {
    const categories = new Map(labels.map((label, at) => [label, at + 1]));
    const images: string[] = [];
    let annotations = 0;
    return {
      async writeGroup(rows) {
        const lines: string[] = [];
        for (const row of rows) {
          const { image, annotations: own, absent } = row['json'] as unknown as CocoImage;
          const id = images.length + 1;
          images.push(JSON.stringify({ id, ...image, ...(absent.length > 0 && { not_present: absent }) }));
          for (const { label, values } of own) {
            const category = label === null ? {} : { category_id: categories.get(label)! };
            lines.push(`${annotations === 0 ? '{"annotations":[' : ','}\n${JSON.stringify({ id: ++annotations, image_id: id, ...category, ...values })}`);
          }
        }
        if (lines.length > 0) await file.write([Buffer.from(lines.join(''))]);
      },
      async end() {
        const list = [...categories].map(([name, id]) => JSON.stringify({ id, name, keypoints: ['point'], skeleton: [] }));
        const open = annotations === 0 ? '{"annotations":[' : '';
        await file.write([Buffer.from(`${open}\n],\n"images":[\n`)]);
        for (let at = 0; at < images.length; at += 1000) {
          await file.write([Buffer.from(`${at > 0 ? ',\n' : ''}${images.slice(at, at + 1000).join(',\n')}`)]);
        }
        // With categories pycocotools takes for granted that each annotation has one, which a caption has not.
        const named = list.length === 0 ? '' : `"categories":[\n${list.join(',\n')}\n],\n`;
        await file.write([Buffer.from(`\n],\n${named}"info":{"description":"Pointillist"},\n"licenses":[]}\n`)]);
      },
    };
  },
  /** Its keys come back in another order: what is an annotation's own stands behind its ids. */
  compared: (row) => ({ json: sortedKeys(row['json'] as JsonValue) }),
  /** Reads the images first and then the annotations, which are in the images' order. */
  async *read(_table, path) {
    const images: WrittenImage[] = [];
    const names = new Map<number, string>();
    for await (const [section, line] of sectionsOf(path)) {
      if (section === 'images') images.push(JSON.parse(line) as WrittenImage);
      if (section === 'categories') {
        const { id, name } = JSON.parse(line) as { id: number; name: string };
        names.set(id, name);
      }
    }
    let at = 0;
    let annotations: CocoAnnotation[] = [];
    const finished = (): Row[] => {
      const { id, not_present: absent = [], ...image } = images[at++]!;
      if (id !== at) throw new Error(`image ${id} in the place of ${at}`);
      const json = { image, annotations, absent };
      annotations = [];
      return [{ json: json as unknown as JsonValue }];
    };
    for await (const [section, line] of sectionsOf(path)) {
      if (section !== 'annotations') break;
      const { id: _id, image_id, category_id, ...values } = JSON.parse(line) as WrittenAnnotation;
      while (at < image_id - 1) yield finished();
      if (image_id !== at + 1) throw new Error(`an annotation of image ${image_id} after image ${at}`);
      annotations.push({ label: category_id === undefined ? null : names.get(category_id)!, values: values as Record<string, JsonValue> });
    }
    while (at < images.length) yield finished();
  },
};

/** The same for two values that JSON holds to be equal, in whatever order their keys are. */
function sortedKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, JsonValue>;
  return Object.keys(fields)
    .sort()
    .map((key) => [key, sortedKeys(fields[key]!)]);
}

/** The lines of each of the file's lists, without the comma at their end. */
async function* sectionsOf(path: string): AsyncGenerator<readonly [string, string]> {
  let section = '';
  for await (const line of linesOf(path)) {
    const head = /^\{?"(annotations|images|categories)":\[$/.exec(line);
    if (head) section = head[1]!;
    else if (/^\],?/.test(line)) section = '';
    else if (section !== '' && line !== '') yield [section, line.endsWith(',') ? line.slice(0, -1) : line];
  }
}
