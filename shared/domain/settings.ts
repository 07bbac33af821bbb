/** What leads decide for the whole project. Absent values are the defaults; texts of the default guide are in the translations. */
import { z } from 'zod';
import { defaultLintSettings, lintSettingsSchema } from './lint/rule.ts';
import { MAX_TEXT } from './model.ts';
import { returnReasonsSchema } from './return-reasons.ts';

/** What a guide question checks a caption for; `null` asks without checking. */
export const guideChecks = ['first-glance', 'counts', 'text', 'positions', 'details', 'background', 'style'] as const;
export type GuideCheck = (typeof guideChecks)[number];
/** The abilities of perception that questions are sorted by. A lead can add others. */
export const abilities = ['counting', 'ocr', 'grounding', 'entity', 'attribute', 'structured-data'] as const;

const name = z.string().trim().min(1).max(60);
const guideQuestion = z.strictObject({ question: z.string().trim().min(1).max(200), short: name, check: z.enum(guideChecks).nullable() });
const snippet = z.strictObject({
  /** What is typed; it turns into the text at the next space or punctuation. */
  key: z.string().regex(/^[\p{L}\p{N};:/\\._-]{1,20}$/u),
  text: z.string().min(1).max(2000),
});
/** Where the language model is that drafts answers. It gets what people wrote, never the image. */
export const assistantSchema = z.strictObject({
  enabled: z.boolean(),
  /** Base URL of an OpenAI-compatible API, for example http://127.0.0.1:11434/v1. */
  endpoint: z.url({ protocol: /^https?$/ }).max(500),
  model: z.string().trim().min(1).max(200),
  /** Milliseconds until the first word, and between two. */
  timeoutMs: z.int().min(1000).max(600_000),
});

const proposalSettings = z.strictObject({
  /** Share of the images, chosen by hash, on which an encoder's proposals are never shown: what people do there is compared with the rest. */
  hiddenShare: z.number().min(0).max(0.5),
});

const paragraph = z.string().max(20_000);
/** What a dataset's card and its Croissant file say that no program can know: written once by a lead. Empty texts are left out there. */
export const datasheetSchema = z.strictObject({
  /** Licences by their short names where they have one (`CC-BY-4.0`): of the annotations, and of the images. */
  licence: z.string().max(200),
  imageLicence: z.string().max(200),
  /** Codes of the languages that people wrote in, with commas between them: `en, ja`. */
  languages: z
    .string()
    .max(400)
    .regex(/^\s*(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*(?:\s*,\s*[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)*)?\s*$/),
  collection: paragraph,
  annotators: paragraph,
  preprocessing: paragraph,
  limitations: paragraph,
  biases: paragraph,
  sensitive: paragraph,
  maintenance: paragraph,
  uses: paragraph,
  citation: paragraph,
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]),
});
export type Datasheet = z.infer<typeof datasheetSchema>;
/** Nothing written yet. */
export const emptyDatasheet = Object.fromEntries(Object.keys(datasheetSchema.shape).map((key) => [key, ''])) as Datasheet;

export const settingsSchema = z.strictObject({
  /** Null: the seven questions of PixMo-Cap, in the language of the reader. */
  guide: z.array(guideQuestion).min(1).max(12).nullable(),
  wordTarget: z.int().min(0).max(5000),
  secondsTarget: z.int().min(0).max(3600),
  /** Names of abilities beside the six. */
  moreAbilities: z.array(name).max(20),
  snippets: z.array(snippet).max(500),
  questionTemplates: z.array(z.string().trim().min(1).max(MAX_TEXT)).max(10_000),
  assistant: assistantSchema.nullable(),
  proposals: proposalSettings,
  /** Which installed encoder this project uses, and whether new images are indexed by themselves. Null: none, and nothing is proposed. */
  encoder: z.strictObject({ id: z.string().min(1).max(100), autoIndex: z.boolean() }).nullable(),
  /** Words beside the labels in use that an encoder looks for in images. */
  vocabulary: z.array(z.string().trim().min(1).max(100)).max(500),
  /** Text in images: `enabled` reads an image when somebody works on it, `auto` the whole project in the background. */
  reading: z.strictObject({ enabled: z.boolean(), auto: z.boolean() }),
  datasheet: datasheetSchema,
  lint: lintSettingsSchema,
  /** Why work is returned; null: the reasons of the app. */
  returnReasons: returnReasonsSchema.nullable(),
  /** Whether it is kept how each text came to be: typed, pasted, from a draft. Shown to the person it is about, and to leads. */
  provenance: z.strictObject({ gather: z.boolean() }),
});
export type ProjectSettings = z.infer<typeof settingsSchema>;
export type GuideQuestion = z.infer<typeof guideQuestion>;
export type Snippet = z.infer<typeof snippet>;

/** 150 words and 90 seconds are what PixMo asked of its later annotators. */
export const defaultSettings: ProjectSettings = {
  guide: null,
  wordTarget: 150,
  secondsTarget: 90,
  moreAbilities: [],
  snippets: [],
  questionTemplates: [],
  assistant: null,
  proposals: { hiddenShare: 0 },
  encoder: null,
  vocabulary: [],
  reading: { enabled: true, auto: false },
  datasheet: emptyDatasheet,
  lint: defaultLintSettings,
  returnReasons: null,
  provenance: { gather: false },
};
