/** COCO's one object of images, annotations and categories: captions, and keypoints with one keypoint an instance. Ids are given where it is written. */
import type { JsonValue } from '../columns.ts';
import type { EmbeddedImage, Format, Mapped } from '../format.ts';
import { pixels } from '../grammar/coordinates.ts';
import type { ExportProfile } from '../profiles.ts';
import type { ExportItem } from '../source.ts';
import { captionsOf, documentFindings, labelledPointsOf } from '../work.ts';

/** What a COCO writer is given of an image: it adds `id`, `image_id` and `category_id`, the last by the label's place among all labels. */
export interface CocoImage {
  readonly image: { readonly file_name: string; readonly width: number; readonly height: number };
  readonly annotations: readonly { readonly label: string | null; readonly values: { readonly [name: string]: JsonValue } }[];
  /** Labels that were looked for and are not there: COCO can't say so, and Pointillist reads it back. */
  readonly absent: readonly string[];
}

function cocoFormat(profile: ExportProfile, map: (item: ExportItem, image: EmbeddedImage) => Omit<CocoImage, 'image'> & Pick<Mapped, 'findings'>): Format {
  return {
    profile,
    container: 'coco',
    takes: profile === 'coco-captions' ? ['captions'] : ['labels'],
    root: '',
    tables: [{ name: 'coco', columns: [{ name: 'json', type: 'json' }] }],
    images: 'beside',
    fileName: (_table, split) => `annotations/${profile === 'coco-captions' ? 'captions' : 'keypoints'}_${split}.json`,
    map(item, image, split) {
      const { annotations, absent, findings } = map(item, image);
      if (annotations.length === 0 && absent.length === 0) return { rows: { coco: [] }, findings };
      const json = { image: { file_name: image.value.path, width: image.widthPx, height: image.heightPx }, annotations, absent };
      return { rows: { coco: [{ json }] }, findings, files: [{ path: `${split}/${image.value.path}`, bytes: image.value.bytes }] };
    },
  };
}

export const cocoCaptions: Format = cocoFormat('coco-captions', (item) => ({
  annotations: captionsOf(item.doc).map((caption) => ({ label: null, values: { caption } })),
  absent: [],
  findings: documentFindings(item.doc),
}));

/** Visible (2), with a box of one pixel around it, as tools that show keypoints need an area. */
export const cocoKeypoints: Format = cocoFormat('coco-keypoints', (item, image) => {
  const { items, findings } = labelledPointsOf(item.doc);
  return {
    annotations: items.flatMap(({ label, points }) =>
      points.map((point) => {
        const [x, y] = pixels(point, image);
        return { label, values: { keypoints: [x, y, 2], num_keypoints: 1, bbox: [x - 0.5, y - 0.5, 1, 1], area: 1, iscrowd: 0 } };
      }),
    ),
    absent: items.filter(({ points }) => points.length === 0).map(({ label }) => label),
    findings: [...findings, ...documentFindings(item.doc)],
  };
});
