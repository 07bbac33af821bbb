/** The job that makes a vector of every image that has none of this encoder. What it did stays; running it again goes on from there. */
import type { JobResult } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { untilUnattended } from '../attention.ts';
import { type UnindexedImage, countVectors, encoderNum, unindexedAfter, unindexedImage } from '../db/embeddings.ts';
import { sql } from '../db/statement.ts';
import type { JobHandle } from '../jobs/runner.ts';
import { checkOriginal } from '../media/original.ts';
import { Refused } from '../media/refused.ts';
import type { Project } from '../project.ts';
import { createBatchSize, encodeSurviving } from './batches.ts';
import { collectVectors } from './collect-vectors.ts';
import type { ModelRef, PixelBlock } from './messages.ts';
import { imagePlan } from './preprocess.ts';

/** Images that the screen shows, the latest first: they are done before the rest. */
export type FocusedImages = () => readonly string[];
interface Decoded {
  readonly image: UnindexedImage;
  readonly pixels: PixelBlock;
}
const PAGE = 256;
/** Batches in the encoder process: one that it works on and one that is there when it ends. */
const ENCODING = 2;
/** Reasons that are kept for the result; the count goes on. */
const TOLD = 100;
/** So many images in a row that can't be encoded, and none that could: then it is the encoder. */
const HOPELESS = 24;

/** Throws AppError `encoder-start` where no process can be had, and what the graph says where it can encode nothing at all. */
export async function indexImages(project: Project, model: ModelRef, job: JobHandle, focused: FocusedImages = () => []): Promise<JobResult> {
  const { db } = project;
  const encoder = encoderNum(db, { hash: model.hash, id: model.manifest.id, dim: model.manifest.embed_dim });
  const before = countVectors(db, encoder);
  const skipped: { name: string; reason: string }[] = [];
  let left = 0;
  let indexed = 0;
  const tell = (name: string) => job.progress(before + indexed + left, Math.max(before + indexed + left, countImages(project)), name);
  const skip = ({ name }: UnindexedImage, reason: string): void => {
    left++;
    if (skipped.length < TOLD) skipped.push({ name, reason });
    tell(name);
  };
  // What fails ends the decoding that is on its way too.
  const stop = new AbortController();
  const signal = AbortSignal.any([job.signal, stop.signal]);
  const size = createBatchSize();
  const vectors = collectVectors(db, encoder);
  const source = decodeAhead(project, model, { encoder, signal, focused, skip, batch: () => size.now });

  async function encode(): Promise<void> {
    for (;;) {
      const batch = await source.take();
      await untilUnattended(db, signal);
      if (batch.length === 0 || signal.aborted) return;
      const outcomes = await encodeSurviving(batch, async (items) => {
        const begun = performance.now();
        const answer = await project.encoder.run('embed-images', { model, images: items.map(({ pixels }) => pixels) }, signal, 'background');
        size.note(items.length * ENCODING, performance.now() - begun);
        return answer.vectors;
      });
      const made: { imageNum: number; vector: Float32Array }[] = [];
      for (const [at, outcome] of outcomes.entries()) {
        const { image } = batch[at]!;
        if ('result' in outcome) made.push({ imageNum: image.num, vector: outcome.result });
        else skip(image, outcome.reason);
      }
      vectors.add(made);
      indexed += made.length;
      if (indexed === 0 && left >= HOPELESS && skipped.every(({ reason }) => reason.startsWith('encoder-'))) {
        throw new AppError('invalid', 'nothing could be encoded', { key: skipped[0]!.reason, reason: model.manifest.id });
      }
      tell(batch.at(-1)!.image.name);
    }
  }
  try {
    await Promise.all(Array.from({ length: ENCODING }, encode));
  } catch (thrown) {
    if (!job.signal.aborted) throw thrown;
  } finally {
    stop.abort();
    vectors.flush();
  }
  await source.ended();
  return { kind: 'embed', encoder: model.manifest.id, indexed, left, skipped };
}

const countImages = ({ db }: Project): number => (sql(db, 'SELECT count(*) AS n FROM image').get() as { n: number }).n;

interface DecodeOptions {
  readonly encoder: number;
  readonly signal: AbortSignal;
  readonly focused: FocusedImages;
  /** Size of the next batch. */
  readonly batch: () => number;
  skip(image: UnindexedImage, reason: string): void;
}

/** Decodes images while others are encoded. */
function decodeAhead(project: Project, model: ModelRef, options: DecodeOptions) {
  const { signal } = options;
  const next = nextImages(project, options);
  const ready: Decoded[] = [];
  const working = new Set<Promise<void>>();
  let finished = false;
  let failure: { thrown: unknown } | null = null;
  let wake = Promise.withResolvers<void>();
  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };

  async function decode(image: UnindexedImage): Promise<void> {
    try {
      await untilUnattended(project.db, signal);
      const path = await checkOriginal(project, image, signal);
      if (path === null) return options.skip(image, 'missing');
      const { region, width, height, kernel } = imagePlan(model.manifest, image.widthPx, image.heightPx);
      const { sha256, ...pixels } = await project.media.run('pixels', { path, region, width, height, kernel }, signal);
      if (sha256 === image.sha256) ready.push({ image, pixels });
      else options.skip(image, 'missing');
    } catch (thrown) {
      if (signal.aborted) return;
      if (thrown instanceof Refused) options.skip(image, thrown.reason);
      else failure ??= { thrown };
    }
  }
  /** Twice a batch is decoded or waiting, so that memory does not grow with the project. */
  const ahead = () => Math.max(project.media.width, options.batch() * 2);
  function fill(): void {
    while (!finished && failure === null && !signal.aborted && working.size + ready.length < ahead()) {
      const image = next();
      if (image === undefined) {
        finished = true;
        break;
      }
      const work: Promise<void> = decode(image).finally(() => {
        working.delete(work);
        changed();
      });
      working.add(work);
    }
  }

  return {
    /** Waits for a full batch; the last is smaller, and none is left when it is empty. */
    async take(): Promise<Decoded[]> {
      for (;;) {
        fill();
        const n = options.batch();
        if (failure !== null) throw (failure as { thrown: unknown }).thrown;
        if (signal.aborted) return [];
        if (ready.length >= n || (finished && working.size === 0)) {
          const batch = ready.splice(0, n);
          fill();
          return batch;
        }
        await wake.promise;
      }
    },
    async ended(): Promise<void> {
      await Promise.all(working);
    },
  };
}

/** What the screen shows first, then all others by number; each once. */
function nextImages({ db }: Project, { encoder, focused }: DecodeOptions): () => UnindexedImage | undefined {
  const given = new Set<number>();
  let page: UnindexedImage[] = [];
  let after = 0;
  return () => {
    for (const imageId of focused()) {
      const image = unindexedImage(db, encoder, imageId);
      if (image === undefined || image.num <= after || given.has(image.num)) continue;
      given.add(image.num);
      return image;
    }
    for (;;) {
      if (page.length === 0) {
        page = unindexedAfter(db, encoder, after, PAGE).toReversed();
        if (page.length === 0) return undefined;
      }
      const image = page.pop()!;
      after = image.num;
      if (!given.has(image.num)) return image;
    }
  };
}
