/** What the encoder process does for each kind of task. */
import { checkModel, measureModel } from './check-model.ts';
import { createDenseStore, encodeForPoints, proposePoints } from './dense-tasks.ts';
import { embedImages, embedTexts } from './embed.ts';
import { scoreTags } from './score-tags.ts';
import type { EncoderTaskKind, EncoderTasks } from './messages.ts';
import type { Begin, Models } from './model.ts';

/** A task: its input, the graphs, and how to say which phase it is in. */
type Task<K extends EncoderTaskKind> = (input: EncoderTasks[K]['in'], models: Models, begin: Begin) => Promise<EncoderTasks[K]['out']>;

/** One for the process. */
const dense = createDenseStore();
/** Keeps of the images encoded for points the one used last: a click on it needs no graph. False where there is none. */
export const keepLastImage = (): boolean => dense.keepLast();

export const encoderTasks: { readonly [K in EncoderTaskKind]: Task<K> } = {
  'embed-images': async ({ model, images }, models, begin) => ({ vectors: await embedImages(models, model, images, begin) }),
  'embed-texts': async ({ model, texts }, models, begin) => ({ vectors: await embedTexts(models, model, texts, begin) }),
  tags: async ({ model, image, vectors }, models, begin) => ({ scores: await scoreTags(models, model, image, vectors, begin) }),
  encode: (input, models, begin) => encodeForPoints(dense, input, models, begin),
  propose: (input, models, begin) => proposePoints(dense, input, models, begin),
  measure: ({ model }, models, begin) => measureModel(models, model, begin),
  check: async ({ model }, models, begin) => ({ problem: await checkModel(models, model, begin) }),
};
