/** Asks the encoder for points of a label, keeps what is shown, and hands on which were rejected. Nothing here makes a point. */
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { isInline, labelSets } from '../../../shared/domain/point-mark.ts';
import {
  type AskResult,
  type HeatMap,
  hidesProposals,
  type Proposal,
  type ProposalMethod,
  type ProposingEncoder,
  spatialWordsOf,
} from '../../../shared/domain/proposal.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { untilUnattended } from '../attention.ts';
import { blindImages } from '../db/blind.ts';
import { imageRecord, imageNum } from '../db/images.ts';
import { readMeta } from '../db/meta.ts';
import { type AskFacts, proposalsOf, putProposals, rejectProposals } from '../db/proposals.ts';
import { readSettings } from '../db/settings.ts';
import type { Edits } from '../edits.ts';
import type { EncoderTaskKind, EncoderTasks, ModelRef, ProposalAsk, Proposed, Tile } from '../encoder/messages.ts';
import type { Project } from '../project.ts';
import { roleOf } from '../rights.ts';
import { matchPeaks } from './match.ts';

/** From where an encoder looks at an image; `close` for what is small on a large one. */
export type Distance = 'usual' | 'close';
/** Where proposals get an encoder and an image's pixels. */
export interface ProposalSource {
  /** The encoder that proposes points here, or null where none is installed. */
  encoder(): Promise<{ readonly model: ModelRef; readonly facts: ProposingEncoder } | null>;
  /** The whole image first, then its parts, at the sizes that the encoder takes; null where it sees no more from there. */
  tiles(imageId: string, model: ModelRef, distance: Distance, signal?: AbortSignal): Promise<readonly Tile[] | null>;
  /** As the encoder process does it: throws `unavailable` when that died over it. */
  run<K extends EncoderTaskKind>(kind: K, input: EncoderTasks[K]['in'], signal?: AbortSignal): Promise<EncoderTasks[K]['out']>;
}
export interface Proposals {
  about(imageId: string): Promise<{ encoder: ProposingEncoder | null; hidden: boolean }>;
  prepare(imageId: string, signal?: AbortSignal): Promise<{ ready: boolean }>;
  ask(ask: Ask, signal?: AbortSignal): Promise<AskResult>;
  show(askId: string, threshold: number): { shown: number };
  settle(imageId: string, ids: readonly string[], verdict: 'rejected' | 'open'): { settled: number };
}
interface Ask {
  readonly imageId: string;
  readonly setId: string;
  readonly method: ProposalMethod;
  readonly threshold: number | null;
}

/** More than anybody looks through; further peaks are the map's noise. */
const MOST_PROPOSALS = 1000;
/** Labels whose common part is taken off a text's score. */
const OTHER_LABELS = 40;
/** Asks of which the slider can still show more. */
const KEPT_ASKS = 32;
/** Where so few are found like a point, a large image is looked at closely. */
export const FEW = 2;
/** Labels on images that were found closely. */
const KEPT_CLOSE = 1000;

export function createProposals(project: Pick<Project, 'db' | 'me'> & { readonly edits: Pick<Edits, 'load'> }, source: ProposalSource): Proposals {
  const { db, me } = project;
  const asks = new Map<string, { readonly facts: AskFacts; readonly proposals: readonly Proposal[] }>();
  const encoding = new Map<string, Promise<boolean>>();
  /** Labels of images whose things the close look found: each further point is compared there, too. */
  const close = new Set<string>();
  /** A process that died of a close look, on a machine with little memory, is not made to do so again. */
  let looksClosely = true;

  const isHidden = (imageId: string) => hidesProposals(imageId, readMeta(db, 'id'), readSettings(db).proposals.hiddenShare);
  function numOf(imageId: string): number {
    const num = imageNum(db, imageId);
    if (num === undefined) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
    return num;
  }

  function isBlind(num: number): boolean {
    const role = roleOf(project);
    return role !== 'lead' && role !== 'reviewer' && blindImages(db, me.userId).has(num);
  }

  /** Once an image, however many wait for it; false where the encoder sees no more from there. */
  async function encode(model: ModelRef, imageId: string, distance: Distance, signal?: AbortSignal): Promise<boolean> {
    const key = keyOf(model, imageId, distance);
    let running = encoding.get(key);
    if (!running) {
      running = source.tiles(imageId, model, distance).then(async (tiles) => {
        if (tiles) await source.run('encode', { model, key, tiles });
        return tiles !== null;
      });
      encoding.set(key, running);
      void running.catch(() => {}).finally(() => encoding.delete(key));
    }
    return await abortable(running, signal);
  }

  /** Null where the encoder sees no more from there. */
  async function propose(model: ModelRef, imageId: string, distance: Distance, ask: ProposalAsk, signal?: AbortSignal): Promise<Proposed | null> {
    const key = keyOf(model, imageId, distance);
    await abortable(encoding.get(key) ?? Promise.resolve(true), signal);
    // The process forgets: it keeps a few images, and may have died since.
    for (let tries = 0; tries < 3; tries++) {
      const found = await source.run('propose', { model, key, ask }, signal);
      if (!('missing' in found)) return found;
      if (!(await encode(model, imageId, distance, signal))) return null;
    }
    throw new AppError('unavailable', 'the encoder does not keep the image', { key: 'encoder-died' });
  }

  /** Closely only where the usual looks find next to nothing: it takes parts of large things for things. */
  async function look(model: ModelRef, imageId: string, setId: string, ask: ProposalAsk, signal?: AbortSignal): Promise<Proposed> {
    const name = `${imageId} ${setId}`;
    if (looksClosely && close.has(name)) {
      const found = await propose(model, imageId, 'close', ask, signal);
      if (found) return found;
    }
    const usual = (await propose(model, imageId, 'usual', ask, signal))!;
    if (!looksClosely || ask.text !== null || aboveLine(usual) >= FEW) return usual;
    const closer = await propose(model, imageId, 'close', ask, signal).catch((thrown: unknown) => {
      if (signal?.aborted) throw thrown;
      looksClosely = false;
      return null;
    });
    if (!closer || aboveLine(closer) <= aboveLine(usual)) return usual;
    close.add(name);
    if (close.size > KEPT_CLOSE) close.delete(close.values().next().value!);
    return closer;
  }

  return {
    async about(imageId) {
      numOf(imageId);
      return { encoder: (await source.encoder())?.facts ?? null, hidden: isHidden(imageId) };
    },
    async prepare(imageId, signal) {
      numOf(imageId);
      const encoder = isHidden(imageId) ? null : await source.encoder();
      if (!encoder || encoder.facts.methods.length === 0) return { ready: false };
      // Ahead of time, so that it waits until the image is seen; who asks does not wait for this.
      await untilUnattended(db, signal);
      if (signal?.aborted || !db.open) return { ready: false };
      await encode(encoder.model, imageId, 'usual', signal);
      return { ready: true };
    },
    async ask({ imageId, setId, method, threshold }, signal) {
      const num = numOf(imageId);
      if (isHidden(imageId)) return { status: 'hidden' };
      const encoder = await source.encoder();
      if (!encoder?.facts.methods.includes(method)) return { status: 'no-encoder' };
      const { doc } = project.edits.load(imageId);
      const set = doc.pointSet.find((row) => row.id === setId);
      if (!set || isInline(set)) throw new AppError('not-found', 'no such label', { key: 'bad-input', field: 'setId' });
      const { label } = set;
      // Who works blind is told nothing by what others rejected.
      const before = proposalsOf(db, num, label, isBlind(num) ? me.userId : null);
      const positives = doc.point.filter((point) => point.setId === setId).map(({ xPct, yPct }) => ({ xPct, yPct }));
      if (method === 'similar' && positives.length === 0) return { status: 'no-points' };
      const negatives = before.filter((proposal) => proposal.verdict === 'rejected').map(({ xPct, yPct }) => ({ xPct, yPct }));
      const text = method === 'text' ? label : null;
      const otherTexts = text === null ? [] : otherLabels(doc, label);
      const found = await look(encoder.model, imageId, setId, { positives, negatives, text, otherTexts }, signal);
      const { model, facts } = encoder;
      const own = before.filter((proposal) => proposal.encoderHash === model.hash || proposal.verdict === 'rejected');
      const proposals = matchPeaks(imageRecord(db, num), found.peaks.slice(0, MOST_PROPOSALS), own);
      const askId = newId();
      const kept = { facts: { askId, imageNum: num, label, encoderId: facts.id, encoderHash: model.hash, method, shownTo: me.userId }, proposals };
      asks.set(askId, kept);
      if (asks.size > KEPT_ASKS) asks.delete(asks.keys().next().value!);
      putProposals(db, kept.facts, shownFrom(proposals, threshold ?? found.threshold));
      return {
        status: 'proposed',
        askId,
        encoder: facts,
        method,
        positives: positives.length,
        proposals,
        threshold: found.threshold,
        heat: heatOf(found),
        spatialWords: spatialWordsOf(label),
      };
    },
    show(askId, threshold) {
      const ask = asks.get(askId);
      if (!ask) return { shown: 0 };
      const shown = shownFrom(ask.proposals, threshold);
      putProposals(db, ask.facts, shown);
      return { shown: shown.length };
    },
    settle: (imageId, ids, verdict) => ({ settled: rejectProposals(db, numOf(imageId), ids, verdict === 'rejected') }),
  };

  function otherLabels(doc: Doc, label: string): string[] {
    return [...new Set(labelSets(doc).map((set) => set.label))].filter((other) => other !== label && other !== '').slice(0, OTHER_LABELS);
  }
}

/** An image is its id: its bytes never change. */
const keyOf = (model: ModelRef, imageId: string, distance: Distance): string => `${model.hash}:${imageId}${distance === 'close' ? ':close' : ''}`;
/** How many the suggested line lets through. */
export const aboveLine = ({ peaks, threshold }: Proposed): number => peaks.filter(({ score }) => score >= threshold).length;
const shownFrom = (proposals: readonly Proposal[], threshold: number): Proposal[] => proposals.filter((proposal) => proposal.score >= threshold);
const heatOf = ({ heat: { columns, rows, values } }: Proposed): HeatMap => ({ columns, rows, values: Buffer.from(values).toString('base64') });

/** Waits no longer than the signal lets it; what it waits for goes on for others. */
async function abortable<T>(running: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await running;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new AppError('cancelled', 'cancelled'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([running, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
