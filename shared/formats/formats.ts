/** The pure part of each export profile. */
import { internvl, llava, qwen25vl, qwen2vl, qwen3vl } from './chat/llava.ts';
import { axolotl, llamaFactory, molmo2, msSwift, paligemma } from './chat/messages.ts';
import { cocoCaptions, cocoKeypoints } from './files/coco.ts';
import { imagefolder } from './files/imagefolder.ts';
import { labelStudio } from './files/label-studio.ts';
import { openClipTar, webdataset } from './files/samples.ts';
import { openClipCsv } from './files/text-table.ts';
import type { Format } from './format.ts';
import type { ExportProfile } from './profiles.ts';
import { hfParquet, preferencePairs, trl } from './tables/hub.ts';
import { molmoFolders } from './tables/molmo.ts';
import { pixmoParquet } from './tables/pixmo.ts';

export const formats: Readonly<Record<ExportProfile, Format>> = {
  'molmo-folders': molmoFolders,
  molmo2,
  'pixmo-parquet': pixmoParquet,
  'hf-parquet': hfParquet,
  'hf-imagefolder': imagefolder,
  webdataset,
  llava,
  'llama-factory': llamaFactory,
  'ms-swift': msSwift,
  axolotl,
  trl,
  'qwen2-vl': qwen2vl,
  'qwen25-vl': qwen25vl,
  'qwen3-vl': qwen3vl,
  internvl,
  paligemma,
  'open-clip-csv': openClipCsv,
  'open-clip-tar': openClipTar,
  'coco-captions': cocoCaptions,
  'coco-keypoints': cocoKeypoints,
  'label-studio': labelStudio,
  'preference-pairs': preferencePairs,
};
