/**
 * LLaVA-1.5 and Open-LLaVA-NeXT (docs/Finetune_Custom_Data.md, llava/train/train.py): one JSON array, `<image>` in the first human turn, turns that
 * alternate. Qwen's fine-tuning code (qwen-vl-finetune) and InternVL's read the same conversations, each with its own coordinates.
 */
import type { JsonValue } from '../columns.ts';
import { internvlGrammar, plainGrammar, qwen25Grammar, qwenRelativeGrammar } from '../grammar/grammar.ts';
import { chatFormat, type ChatRow, rowsIn } from './chat-format.ts';

const IMAGE = '<image>';
const conversations = ({ said }: ChatRow): JsonValue =>
  said.flatMap(({ question, answer }, at) => [
    { from: 'human', value: at === 0 ? `${IMAGE}\n${question}` : question },
    { from: 'gpt', value: answer },
  ]);
const rows = (one: ChatRow): JsonValue[] => [{ id: one.id, image: one.image, conversations: conversations(one) }];

export const llava = chatFormat({ profile: 'llava', container: 'array', grammar: plainGrammar, tokens: [IMAGE], rows });

const QWEN_TOKENS = [IMAGE, '<video>', '<|image_pad|>', '<|vision_start|>', '<|vision_end|>', '<|im_start|>', '<|im_end|>'];
const qwen = { container: 'lines', tokens: QWEN_TOKENS, rows } as const;
export const qwen2vl = chatFormat({ ...qwen, profile: 'qwen2-vl', grammar: qwenRelativeGrammar });
export const qwen25vl = chatFormat({ ...qwen, profile: 'qwen25-vl', grammar: qwen25Grammar });
export const qwen3vl = chatFormat({ ...qwen, profile: 'qwen3-vl', grammar: qwenRelativeGrammar });

/** InternVL (internvl_chat/shell/data): lines with the image's size, and a description of the set that must know how many lines there are. */
export const internvl = chatFormat({
  profile: 'internvl',
  container: 'lines',
  grammar: internvlGrammar,
  tokens: [IMAGE, '<IMG_CONTEXT>', '<img>', '</img>'],
  rows: (one) => [{ id: one.id, image: one.image, width: one.embedded.widthPx, height: one.embedded.heightPx, conversations: conversations(one) }],
  extras: (facts) =>
    ['train', 'validation']
      .filter((split) => rowsIn(facts, split) > 0)
      .map((split) => ({
        path: `meta-${split}.json`,
        text: `${JSON.stringify({ [`pointillist_${split}`]: { root: '', annotation: `${split}.jsonl`, data_augment: false, repeat_time: 1, length: rowsIn(facts, split) } }, null, 2)}\n`,
      })),
});
