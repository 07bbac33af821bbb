/** Pictures that are masks of others lie in such folders too (labelme, X-AnyLabeling, COCO panoptic, VOC): they are no photos to write about. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type FolderNames, stemOf } from './folder-names.ts';

const FOLDER =
  /^(masks?|scribbles|trimaps|panoptic(_\w+)?|seg(mentations?)?|segmentation(class|object)(visualization|png|raw|aug)?|seg(mentation)?_?masks?|label_?masks?|\w+_masks?)$/i;
/** Masks are never written where colours get lost. */
const KIND = /\.(png|bmp|gif|tiff?)$/i;
/** `img1_mask_5`, `a-seg`, WebDataset's `000.seg`; what stands before it is the photo's name. */
const SUFFIX = /^(.+?)[-_. ](?:masks?|scribbles?|seg|segmentation|panoptic|matte|trimap|label_?viz|label_?ids|instance_?ids)(?:[-_ ]?\d+)?$/i;
/** What labelme's own conversion of one file makes beside `img.png`. */
const LABELME_DATASET = /^(label|label_viz)\.png$/i;
const DEEP = 3;
const SIBLINGS = 64;

export interface MaskRule {
  /** The photo that the file is a mask of, or null. A file that another one lists as its mask is one by that. */
  photoOf(file: string): Promise<string | null>;
  /** Notes a file that a row names as the mask of its image. */
  note(file: string, photo: string): void;
}

/** `chosen`: files that a person picked one by one, which are taken whatever they are called. */
export function createMaskRule(names: FolderNames, chosen: ReadonlySet<string>): MaskRule {
  const noted = new Map<string, string>();
  const siblings = new Map<string, string[]>();
  async function foldersIn(parent: string): Promise<string[]> {
    const known = siblings.get(parent);
    if (known) return known;
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    const found = entries.filter((entry) => entry.isDirectory() && !FOLDER.test(entry.name)).slice(0, SIBLINGS);
    const folders = found.map((entry) => path.join(parent, entry.name));
    siblings.set(parent, folders);
    return folders;
  }
  /** A picture of that name in the folder, other than the file itself. */
  async function pictureIn(folder: string, stem: string, file: string): Promise<string | null> {
    const name = await names.pictureBeside(path.join(folder, `${stem}.`));
    return name === null || path.join(folder, name) === file ? null : path.join(folder, name);
  }
  async function besideFolder(file: string, stems: readonly string[]): Promise<string | null> {
    let below: string[] = [];
    let folder = path.dirname(file);
    for (let up = 0; up < DEEP && path.dirname(folder) !== folder; up++) {
      const parent = path.dirname(folder);
      if (FOLDER.test(path.basename(folder))) {
        for (const home of [parent, ...(await foldersIn(parent))]) {
          for (const stem of stems) {
            const photo = (await pictureIn(path.join(home, ...below), stem, file)) ?? (below.length > 0 ? await pictureIn(home, stem, file) : null);
            if (photo !== null) return photo;
          }
        }
      }
      below = [path.basename(folder), ...below];
      folder = parent;
    }
    return null;
  }
  return {
    note: (file, photo) => void noted.set(path.resolve(file), photo),
    async photoOf(file) {
      if (chosen.has(file)) return null;
      const named = noted.get(file);
      if (named !== undefined) return named;
      if (!KIND.test(file)) return null;
      const name = path.basename(file);
      const own = stemOf(name);
      const without = SUFFIX.exec(own)?.[1];
      if (without !== undefined) {
        const photo = await pictureIn(path.dirname(file), without, file);
        if (photo !== null) return photo;
      }
      if (LABELME_DATASET.test(name) && (await names.has(path.join(path.dirname(file), 'label_names.txt')))) {
        return pictureIn(path.dirname(file), 'img', file);
      }
      return besideFolder(file, without === undefined ? [own] : [own, without]);
    },
  };
}
