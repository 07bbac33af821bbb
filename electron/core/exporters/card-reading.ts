/** How each profile is read, as the dataset card tells it: what to set, or the lines that load it. */
import type { Format } from '../../../shared/formats/format.ts';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';

const python = (...lines: string[]) => ['```python', ...lines, '```'];
const shell = (...lines: string[]) => ['```sh', ...lines, '```'];
const folder = 'path/to/this/folder';
const qwen = [
  'As it is by the fine-tuning code of QwenLM/Qwen3-VL (qwen-vl-finetune): name the set in its data list.',
  '',
  ...python('POINTILLIST = {', `    "annotation_path": "${folder}/train.jsonl",`, `    "data_path": "${folder}",`, '}'),
];

const readings: Readonly<Record<ExportProfile, readonly string[]>> = {
  'molmo-folders': [
    'As it is by Molmo (allenai/molmo): set `MOLMO_DATA_DIR` to this folder and train on `pixmo_cap_with_transcripts`, `pixmo_points` and others of the tables above.',
    '',
    ...python('from datasets import load_from_disk', `captions = load_from_disk("${folder}/torch_datasets/pixmo_datasets/cap")["train"]`),
  ],
  molmo2: ["Each line has `image`, a path in this folder, and `messages` with points in Molmo2's tags."],
  'pixmo-parquet': python(
    'from datasets import load_dataset',
    `captions = load_dataset("${folder}", "cap", split="train")`,
    'captions[0]["image"]  # a PIL image, upright',
  ),
  'hf-parquet': python(
    'from datasets import load_dataset',
    `data = load_dataset("${folder}", "data", split="train")`,
    'data[0]["image"]  # a PIL image, upright',
  ),
  'hf-imagefolder': python('from datasets import load_dataset', `data = load_dataset("imagefolder", data_dir="${folder}", split="train")`),
  webdataset: python(
    'import webdataset as wds',
    `data = wds.WebDataset("${folder}/train-00000.tar", shardshuffle=False).decode("pil").to_tuple("jpg;png;webp", "json", "txt")`,
  ),
  llava: ['As it is by LLaVA and Open-LLaVA-NeXT:', '', ...shell(`… --data_path ${folder}/train.json --image_folder ${folder}`)],
  'llama-factory': [
    'As it is by LLaMA-Factory: this folder is the `dataset_dir`; the image paths count from it.',
    '',
    ...shell(`llamafactory-cli train … --dataset_dir ${folder} --media_dir ${folder} --dataset pointillist_train`),
  ],
  'ms-swift': ['As it is by ms-swift, started in this folder (image paths count from it):', '', ...shell('swift sft … --dataset train.jsonl')],
  axolotl: [
    'As it is by Axolotl, started in this folder (image paths count from it):',
    '',
    '```yaml',
    'processor_type: AutoProcessor',
    'skip_prepare_dataset: true',
    'remove_unused_columns: false',
    'sample_packing: false',
    'datasets:',
    '  - path: train.jsonl',
    '    ds_type: json',
    '    type: chat_template',
    '    field_messages: messages',
    '```',
  ],
  trl: python(
    'from datasets import load_dataset',
    `data = load_dataset("${folder}", "sft", split="train")  # columns images and messages`,
    '# SFTConfig(max_length=None): otherwise tokens of the image may be cut off',
  ),
  'qwen2-vl': qwen,
  'qwen25-vl': qwen,
  'qwen3-vl': qwen,
  internvl: [
    'As it is by InternVL (internvl_chat): join `root` of meta-train.json with where this folder lies.',
    '',
    ...shell('… --meta_path meta-train.json'),
  ],
  paligemma: ['Each line has `image`, a path in this folder, `prefix` and `suffix`.'],
  'open-clip-csv': [
    'As it is by open_clip, started in this folder (`filepath` counts from it):',
    '',
    ...shell('python -m open_clip_train.main --train-data train.csv --dataset-type csv …'),
  ],
  'open-clip-tar': [
    'As it is by open_clip; `sizes.json` says how many samples each shard has:',
    '',
    ...shell(`python -m open_clip_train.main --train-data "${folder}/train-00000.tar" --dataset-type webdataset --train-num-samples N …`),
  ],
  'coco-captions': python('from pycocotools.coco import COCO', `captions = COCO("${folder}/annotations/captions_train.json")  # images in train/`),
  'coco-keypoints': python('from pycocotools.coco import COCO', `points = COCO("${folder}/annotations/keypoints_train.json")  # images in train/`),
  'label-studio': ['Make a project with label-config.xml as its interface, serve this folder as local files, and import train.json.'],
  'preference-pairs': python(
    'from datasets import load_dataset',
    `pairs = load_dataset("${folder}", "preferences", split="train")  # prompt, chosen, rejected, images`,
  ),
};

/** The lines below "How it is read". */
export const readingOf = (format: Pick<Format, 'profile'>): readonly string[] => readings[format.profile];
