/** Judges an encoder on the project's own points: leave one out, per label. Changes nothing. */
import { type ClickCounts, countClick, type EvaluationPiece, figuresOf } from '../../../shared/domain/evaluation.ts';
import { imageFileById } from '../db/files.ts';
import { sql } from '../db/statement.ts';
import { closePlan, tilePlan } from '../encoder/dense/tile-plan.ts';
import type { ModelRef, ProposalAsk, Proposed, Tile } from '../encoder/messages.ts';
import { imagePlan } from '../encoder/preprocess.ts';
import { checkOriginal } from '../media/original.ts';
import { Refused } from '../media/refused.ts';
import type { Project } from '../project.ts';
import { aboveLine, type Distance, FEW } from './proposals.ts';

/** Clicks for a label on an image, spread over its points: more add time and little truth. */
const MOST_CLICKS = 24;
interface Task {
  readonly imageId: string;
  readonly label: string;
  readonly points: readonly { readonly xPct: number; readonly yPct: number }[];
}

/** Progress image by image, then the figures. Throws what the encoder process throws; a picture that can't be read is counted and left out. */
export async function* evaluateSimilar(project: Project, model: ModelRef, signal: AbortSignal): AsyncGenerator<EvaluationPiece> {
  const byImage = Map.groupBy(tasksOf(project), ({ imageId }) => imageId);
  const clicks: (ClickCounts & { readonly label: string; readonly imageId: string })[] = [];
  let [done, skipped] = [0, 0];
  for (const [imageId, tasks] of byImage) {
    yield { done, total: byImage.size };
    const tiles = await tilesOf(project, imageId, model, 'usual', signal);
    if (tiles)
      for (const task of tasks)
        for (const counts of await clickThrough(project, model, task, tiles, signal)) clicks.push({ ...counts, label: task.label, imageId });
    else skipped++;
    done++;
  }
  yield { done, total: byImage.size };
  const figures = (label: string | null) => {
    const those = clicks.filter((one) => label === null || one.label === label);
    return figuresOf(label, new Set(those.map(({ imageId }) => imageId)).size, those);
  };
  const labels = [...new Set(clicks.map(({ label }) => label))].toSorted().map(figures);
  const { id, name } = model.manifest;
  yield { result: { encoder: { id, name: name ?? id, hash: model.hash }, labels, all: figures(null), skipped } };
}

/** Labels with two points or more on an image. Points in an answer's text are no label. */
function tasksOf({ db }: Project): Task[] {
  const rows = sql(
    db,
    `SELECT image.id AS imageId, point_set.label, point_set.id AS setId, point.x_pct AS xPct, point.y_pct AS yPct
     FROM point_set JOIN point ON point.image_num = point_set.image_num AND point.set_id = point_set.id JOIN image ON image.num = point_set.image_num
     WHERE point_set.label <> '' ORDER BY image.id, point_set.id, point.id`,
  ).all() as { imageId: string; label: string; setId: string; xPct: number; yPct: number }[];
  return [...Map.groupBy(rows, ({ imageId, setId }) => `${imageId} ${setId}`).values()]
    .filter((points) => points.length > 1)
    .map((points) => ({ imageId: points[0]!.imageId, label: points[0]!.label, points: points.map(({ xPct, yPct }) => ({ xPct, yPct })) }));
}

/** Null where the picture can't be read, or nothing more is seen from there. */
async function tilesOf(project: Project, imageId: string, model: ModelRef, distance: Distance, signal: AbortSignal): Promise<Tile[] | null> {
  const image = imageFileById(project.db, imageId);
  const path = image && (await checkOriginal(project, image, signal));
  if (!image || !path) return null;
  const plan = (distance === 'close' ? closePlan : tilePlan)(model.manifest, image.widthPx, image.heightPx);
  if (!plan) return null;
  const { kernel } = imagePlan(model.manifest, image.widthPx, image.heightPx);
  try {
    const tiles: Tile[] = [];
    for (const { area, width, height } of plan) {
      const region = area.widthPct === 100 && area.heightPct === 100 ? null : area;
      tiles.push({ ...area, pixels: await project.media.run('pixels', { path, region, width, height, kernel }, signal) });
    }
    return tiles;
  } catch (thrown) {
    if (thrown instanceof Refused) return null;
    throw thrown;
  }
}

async function clickThrough(project: Project, model: ModelRef, task: Task, tiles: readonly Tile[], signal: AbortSignal): Promise<ClickCounts[]> {
  const { imageId, points } = task;
  const image = imageFileById(project.db, imageId)!;
  const step = Math.ceil(points.length / MOST_CLICKS);
  let closeTiles: Promise<Tile[] | null> | null = null;
  const counts: ClickCounts[] = [];
  for (let clicked = 0; clicked < points.length; clicked += step) {
    const ask = { positives: [points[clicked]!], negatives: [], text: null, otherTexts: [] };
    let found = await look(project, model, `evaluate ${imageId}`, tiles, ask, signal);
    // As it is for a person who clicks.
    if (aboveLine(found) < FEW) {
      const close = await (closeTiles ??= tilesOf(project, imageId, model, 'close', signal));
      const closer = close && (await look(project, model, `evaluate ${imageId} close`, close, ask, signal));
      if (closer && aboveLine(closer) > aboveLine(found)) found = closer;
    }
    const { peaks, threshold } = found;
    counts.push(
      countClick(
        points,
        clicked,
        peaks.filter(({ score }) => score >= threshold),
        image,
      ),
    );
  }
  return counts;
}

/** Encodes where that is not kept yet, or no longer. */
async function look(project: Project, model: ModelRef, key: string, tiles: readonly Tile[], ask: ProposalAsk, signal: AbortSignal): Promise<Proposed> {
  let found = await project.encoder.run('propose', { model, key, ask }, signal, 'background');
  if ('missing' in found) {
    await project.encoder.run('encode', { model, key, tiles }, signal, 'background');
    found = await project.encoder.run('propose', { model, key, ask }, signal, 'background');
  }
  if ('missing' in found) throw new Error('the encoder does not keep the image');
  return found;
}
