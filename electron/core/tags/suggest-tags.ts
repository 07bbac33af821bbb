/** Words for an image: the project's own vocabulary by an encoder that reads text, or the words of a detector. Nothing here makes a label. */
import { createHash } from 'node:crypto';
import type { EncoderManifest } from '../../../shared/domain/encoder.ts';
import { abilitiesOf } from '../../../shared/domain/encoder-abilities.ts';
import { hidesProposals, spatialWordsOf } from '../../../shared/domain/proposal.ts';
import type { ImageTags, Tag } from '../../../shared/domain/tags.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { untilUnattended } from '../attention.ts';
import type { App, OpenProject } from '../context.ts';
import { imageFileById } from '../db/files.ts';
import { labels } from '../db/images.ts';
import type { Onlooker } from '../db/seen.ts';
import { readMeta } from '../db/meta.ts';
import { readSettings } from '../db/settings.ts';
import { unit } from '../encoder/embed.ts';
import type { ModelRef } from '../encoder/messages.ts';
import { imagePlan } from '../encoder/preprocess.ts';
import { checkOriginal } from '../media/original.ts';
import { onlookerOf } from '../seen-cards.ts';
import { Refused } from '../media/refused.ts';

/** Words of the project that are looked for; the most used labels first. */
const MOST_WORDS = 500;
/** Below it a word is a guess more often than not; the two dogs of the sample photos get 0.36 from NanoDet-g. */
const SURE = 0.3;
const MOST_TAGS = 12;
const TEMPLATES = ['a photo of a {}', 'a close-up of a {}', 'the {}'];

/** Vectors of a vocabulary by encoder and words: embedding 500 words takes seconds, comparing them a millisecond. */
const known = new Map<string, Promise<readonly Float32Array[]>>();
const MOST_KNOWN = 8;

export async function suggestTags(app: App, project: OpenProject, imageId: string, signal: AbortSignal): Promise<ImageTags> {
  const { db } = project;
  const image = imageFileById(db, imageId);
  if (image === null) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
  const settings = readSettings(db);
  if (hidesProposals(imageId, readMeta(db, 'id'), settings.proposals.hiddenShare)) return { status: 'hidden' };
  const model = settings.encoder && (await app.encoders.find(settings.encoder.id));
  if (!model || !abilitiesOf(model.manifest).includes('tags')) return { status: 'none' };
  const { manifest } = model;
  const isDetector = manifest.kind === 'detector';
  const words = isDetector ? (manifest.classes ?? []) : vocabularyOf(project, settings.vocabulary, await onlookerOf(project));
  if (words.length === 0) return { status: 'none' };
  // The image itself first.
  await untilUnattended(db, signal);
  if (signal.aborted || !db.open) throw new AppError('cancelled', 'cancelled');
  const path = await checkOriginal(project, image, signal);
  if (path === null) return { status: 'none' };
  try {
    const { region, width, height, kernel } = imagePlan(manifest, image.widthPx, image.heightPx);
    const pixels = await project.media.run('pixels', { path, region, width, height, kernel }, signal);
    const vectors = isDetector ? [] : await vectorsOf(app, model, words);
    const { scores } = await app.encoder.run('tags', { model, image: pixels, vectors }, signal);
    return { status: 'tags', encoder: manifest.name ?? manifest.id, tags: bestOf(words, scores) };
  } catch (thrown) {
    if (thrown instanceof Refused) return { status: 'none' };
    throw thrown;
  }
}

/** Labels in use and the lead's words. Words that say where a thing is can't be told from an image as a whole. */
function vocabularyOf({ db }: OpenProject, more: readonly string[], onlooker: Onlooker): string[] {
  const words = new Map<string, string>();
  for (const word of [...more, ...labels(db, '', MOST_WORDS, onlooker).map(({ label }) => label)]) {
    const key = word.trim().toLowerCase();
    if (key !== '' && !words.has(key) && spatialWordsOf(word).length === 0) words.set(key, word.trim());
  }
  return [...words.values()].slice(0, MOST_WORDS);
}

/** The best first. */
function bestOf(words: readonly string[], scores: readonly number[]): Tag[] {
  return words
    .map((word, at): Tag => ({ word, score: scores[at] ?? 0 }))
    .filter(({ score }) => score >= SURE)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_TAGS);
}

/** The sentences in which a word is looked for: the encoder's own, else the usual ones. */
export const promptsFor = ({ prompt_template: own }: Pick<EncoderManifest, 'prompt_template'>, word: string): string[] =>
  (own === undefined ? TEMPLATES : [own]).map((template) => template.replace('{}', word));

function vectorsOf(app: App, model: ModelRef, words: readonly string[]): Promise<readonly Float32Array[]> {
  const key = `${model.hash} ${createHash('sha256').update(JSON.stringify(words)).digest('hex')}`;
  let made = known.get(key);
  if (!made) {
    made = embedWords(app, model, words);
    known.set(key, made);
    made.catch(() => known.delete(key));
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
  }
  return made;
}

/** The mean over the sentences, of length 1. */
async function embedWords(app: App, model: ModelRef, words: readonly string[]): Promise<readonly Float32Array[]> {
  const prompts = words.map((word) => promptsFor(model.manifest, word));
  const { vectors } = await app.encoder.run('embed-texts', { model, texts: prompts.flat() });
  const each = prompts[0]!.length;
  return words.map((_word, at) => {
    const mean = new Float32Array(vectors[0]!.length);
    for (const vector of vectors.slice(at * each, (at + 1) * each)) vector.forEach((value, i) => (mean[i]! += value));
    return unit(mean);
  });
}
