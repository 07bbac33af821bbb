/** Formats that know roles: LLaMA-Factory, ms-swift, Axolotl, Molmo2's texts, PaliGemma's prefix and suffix. */
import type { JsonValue, Xy } from '../columns.ts';
import { pixels } from '../grammar/coordinates.ts';
import { compareAsMolmo } from '../grammar/molmo.ts';
import { molmo2Grammar, NONE, paligemmaGrammar, plainGrammar, type Grammar } from '../grammar/grammar.ts';
import { chatFormat, type ChatRow, rowsIn } from './chat-format.ts';

const IMAGE = '<image>';
const MEDIA = [IMAGE, '<video>', '<audio>'];
const messages = ({ said }: ChatRow, first: string): JsonValue[] =>
  said.flatMap(({ question, answer }, at) => [
    { role: 'user', content: at === 0 ? `${first}${question}` : question },
    { role: 'assistant', content: answer },
  ]);

/** LLaMA-Factory (data/README.md @ff6d4d12e): as many `<image>` as images, and an entry for its dataset_info.json. */
export const llamaFactory = chatFormat({
  profile: 'llama-factory',
  container: 'lines',
  grammar: plainGrammar,
  tokens: MEDIA,
  rows: (one) => [{ id: one.id, messages: messages(one, IMAGE), images: [one.image] }],
  extras: (facts) => {
    const tags = { role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant', system_tag: 'system' };
    const entry = (split: string) => ({ file_name: `${split}.jsonl`, formatting: 'sharegpt', columns: { messages: 'messages', images: 'images' }, tags });
    const filled = ['train', 'validation'].filter((split) => rowsIn(facts, split) > 0);
    return [
      { path: 'dataset_info.json', text: `${JSON.stringify(Object.fromEntries(filled.map((split) => [`pointillist_${split}`, entry(split)])), null, 2)}\n` },
    ];
  },
});

/** In ms-swift points are numbers beside the text, which it writes in the grammar of whatever model it trains: a `<bbox>` for each point. */
const swiftGrammar: Grammar = {
  inline: (points, phrase) => `${phrase === '' ? '' : '<ref-object>'}${points.map(() => '<bbox>').join('')}`,
  answer: (points, _label, method) => {
    if (points.length === 0) return NONE;
    const boxes = points.map(() => '<bbox>').join('');
    return method === 'pointing' ? boxes : `${boxes}\nThe total is ${points.length}.`;
  },
};

/** ms-swift (docs/source_en/Customization/Custom-dataset.md @3602360a5): `bbox` of two numbers is a point, in pixels of the image file. */
export const msSwift = chatFormat({
  profile: 'ms-swift',
  container: 'lines',
  grammar: swiftGrammar,
  tokens: [...MEDIA, '<bbox>', '<ref-object>'],
  rows: (one) => {
    const ref: string[] = [];
    const bbox: [number, number][] = [];
    const place = (points: readonly Xy[]) => bbox.push(...[...points].sort(compareAsMolmo).map((point) => pixels(point, one.embedded)));
    for (const { answer } of one.exchange.turns) {
      if (answer.kind === 'label') place(answer.points);
      else
        for (const part of answer.parts) {
          if (typeof part === 'string') continue;
          if (part.phrase !== '') ref.push(part.phrase);
          place(part.points);
        }
    }
    const objects = bbox.length === 0 ? {} : { objects: { ref, bbox, bbox_type: 'real' } };
    return [{ id: one.id, messages: messages(one, IMAGE), images: [one.image], ...objects }];
  },
});

/** Axolotl (docs/multimodal.qmd): content is a list of parts, the image first. */
export const axolotl = chatFormat({
  profile: 'axolotl',
  container: 'lines',
  grammar: plainGrammar,
  tokens: [],
  rows: (one) => [
    {
      id: one.id,
      messages: one.said.flatMap(({ question, answer }, at) => [
        { role: 'user', content: [...(at === 0 ? [{ type: 'image', path: one.image }] : []), { type: 'text', text: question }] },
        { role: 'assistant', content: [{ type: 'text', text: answer }] },
      ]),
    },
  ],
});

/** Texts as Molmo2 is trained to say them, as messages with the image's path. */
export const molmo2 = chatFormat({
  profile: 'molmo2',
  container: 'lines',
  grammar: molmo2Grammar,
  tokens: ['<|image|>', '<|video|>', '<im_patch>'],
  rows: (one) => [{ id: one.id, image: one.image, messages: messages(one, '') }],
});

/** PaliGemma (google-research/big_vision): one prefix and one suffix, so each turn is a row of its own. */
export const paligemma = chatFormat({
  profile: 'paligemma',
  container: 'lines',
  grammar: paligemmaGrammar,
  tokens: [IMAGE, '<loc', '<seg'],
  rows: (one) => one.said.map(({ question, answer }) => ({ id: one.id, image: one.image, prefix: prefixOf(one, question, answer), suffix: answer })),
});
/** Its own words for a task where it has them: `caption en`, `answer en …`, `point …` after its `detect …`. */
function prefixOf({ exchange }: ChatRow, question: string, text: string): string {
  const { answer } = exchange.turns[0]!;
  if (answer.kind === 'label') return `${answer.method === 'counting' ? 'count' : 'point'} ${answer.label}`;
  const language = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : 'en';
  return exchange.kind === 'caption' ? `caption ${language}` : `answer ${language} ${question}`;
}
