/** The export profiles in the groups that people look for them in. */
import type { ExportProfile } from '../../../shared/formats/profiles.ts';

export const profileGroups = [
  { id: 'molmo', profiles: ['molmo-folders', 'molmo2', 'pixmo-parquet'] },
  { id: 'hub', profiles: ['hf-parquet', 'hf-imagefolder', 'webdataset'] },
  { id: 'chat', profiles: ['llava', 'llama-factory', 'ms-swift', 'axolotl', 'trl', 'qwen2-vl', 'qwen25-vl', 'qwen3-vl', 'internvl', 'paligemma'] },
  { id: 'clip', profiles: ['open-clip-csv', 'open-clip-tar'] },
  { id: 'tools', profiles: ['coco-captions', 'coco-keypoints', 'label-studio'] },
  { id: 'preferences', profiles: ['preference-pairs'] },
] as const satisfies readonly { readonly id: string; readonly profiles: readonly ExportProfile[] }[];
