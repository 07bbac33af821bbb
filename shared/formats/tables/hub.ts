/** Parquet tables for Hugging Face `datasets` beside PixMo's own: all work of an image in a row, chats for TRL, preference pairs for TRL's DPO. */
import type { ChatMessage, Row } from '../columns.ts';
import { chatRows, type Said } from '../chat/chat-format.ts';
import { five, type Format } from '../format.ts';
import { plainGrammar } from '../grammar/grammar.ts';
import { captionsOf, documentFindings, labelledPointsOf, preferencesOf, questionAnswersOf } from '../work.ts';

const fileName: Format['fileName'] = (table, split, index, files) => `${table}/${split}-${five(index)}-of-${five(files)}.parquet`;
const parquet = { container: 'parquet', root: '', images: 'rows', fileName } as const;

/** One row an image, with the lists that loaders expect to be of one length side by side. */
export const hfParquet: Format = {
  ...parquet,
  profile: 'hf-parquet',
  takes: ['captions', 'questions', 'labels'],
  tables: [
    {
      name: 'data',
      columns: [
        { name: 'image', type: 'image' },
        { name: 'image_sha256', type: 'string' },
        { name: 'text', type: 'string' },
        { name: 'captions', type: 'strings' },
        { name: 'questions', type: 'strings' },
        { name: 'answers', type: 'strings' },
        { name: 'labels', type: 'strings' },
        { name: 'points', type: 'pointLists' },
        { name: 'collection_methods', type: 'strings' },
      ],
    },
  ],
  map(item, image) {
    const captions = captionsOf(item.doc);
    const asked = questionAnswersOf(item.doc);
    const pointed = labelledPointsOf(item.doc);
    const findings = [...asked.findings.filter(({ reason }) => reason !== 'later-turn'), ...pointed.findings, ...documentFindings(item.doc)];
    if (captions.length + asked.items.length + pointed.items.length === 0) return { rows: { data: [] }, findings };
    const row: Row = {
      image: image.value,
      image_sha256: image.sha256,
      text: captions[0] ?? '',
      captions,
      questions: asked.items.map(({ question }) => question),
      answers: asked.items.map(({ answer }) => answer),
      labels: pointed.items.map(({ label }) => label),
      points: pointed.items.map(({ points }) => points),
      collection_methods: pointed.items.map(({ method }) => method),
    };
    return { rows: { data: [row] }, findings };
  },
};

const text = (role: string, content: string): ChatMessage => ({ role, content: [{ type: 'text', text: content }] });
const withImage = (content: string): ChatMessage => ({
  role: 'user',
  content: [
    { type: 'image', text: null },
    { type: 'text', text: content },
  ],
});
const messages = (said: readonly Said[]): ChatMessage[] =>
  said.flatMap(({ question, answer }, at) => [at === 0 ? withImage(question) : text('user', question), text('assistant', answer)]);

/** TRL's SFT for vision (docs/source/dataset_formats.md): `images` and `messages`. */
export const trl: Format = {
  ...parquet,
  profile: 'trl',
  takes: ['captions', 'questions', 'labels'],
  tables: [
    {
      name: 'sft',
      columns: [
        { name: 'id', type: 'string' },
        { name: 'images', type: 'images' },
        { name: 'messages', type: 'messages' },
      ],
    },
  ],
  map(item, image) {
    const { rows, findings } = chatRows(item, image, plainGrammar, []);
    return { rows: { sft: rows.map((one) => ({ id: one.id, images: [image.value], messages: messages(one.said) })) }, findings };
  },
};

/** TRL's preference data with images: what a model proposed and a person did not take, against the answer that stands. */
export const preferencePairs: Format = {
  ...parquet,
  profile: 'preference-pairs',
  takes: ['preferences'],
  tables: [
    {
      name: 'preferences',
      columns: [
        { name: 'images', type: 'images' },
        { name: 'prompt', type: 'messages' },
        { name: 'chosen', type: 'messages' },
        { name: 'rejected', type: 'messages' },
        { name: 'complaint', type: 'string' },
        { name: 'model', type: 'string' },
      ],
    },
  ],
  map(item, image) {
    const pairs = preferencesOf(item.doc, item.drafts ?? []);
    return {
      rows: {
        preferences: pairs.map(({ context, question, chosen, rejected, complaint, model }) => ({
          images: [image.value],
          prompt: [...context, question].map((words, at) => (at === 0 ? withImage(words) : text(at % 2 === 0 ? 'user' : 'assistant', words))),
          chosen: [text('assistant', chosen)],
          rejected: [text('assistant', rejected)],
          complaint,
          model,
        })),
      },
      findings: documentFindings(item.doc),
    };
  },
};
