/** The image that is adjudicated: its document, what is open on it, and the edits that settle it. One action is one edit and one undo. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { openPairs, pairKey, resultOf } from '../../../shared/domain/adjudication.ts';
import { type RowPair, rowPairs } from '../../../shared/domain/agreement/pairs.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { useHost } from '../../host/host.ts';
import { useChanges } from '../../queries/changes.ts';
import { setChrome } from '../../stores/chrome.ts';
import { errorSentence } from '../../ui/errors.ts';

/** A pair with the row that settled it, if one did. */
export interface Case {
  readonly key: string;
  readonly pair: RowPair;
  readonly resultId: string | null;
}
export interface Work {
  readonly imageId: string;
  readonly doc: Doc | null;
  readonly cases: readonly Case[];
  readonly open: number;
  readonly problem: string | null;
  /** Saves ops as one edit; says whether they are on disk. What was changed elsewhere meanwhile is read again, and nothing is written. */
  apply(make: (doc: Doc) => readonly Op[]): Promise<boolean>;
  undo(): Promise<boolean>;
}

/** Follows the image. */
export function useWork(imageId: string | null): Work | null {
  const { client } = useHost();
  const [state, setState] = useState<{ imageId: string; rev: number; doc: Doc } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(state);
  latest.current = state;
  const began = useRef(0);
  const load = useCallback(async () => {
    if (imageId === null) return;
    try {
      const { rev, doc } = await client.call('edits.load', { imageId });
      setState({ imageId, rev, doc });
      setProblem(null);
    } catch (thrown) {
      setProblem(errorSentence(thrown));
    }
  }, [client, imageId]);
  useEffect(() => {
    began.current = performance.now();
    void load();
  }, [load]);
  useChanges((change) => {
    if (change.topic === 'all' || (change.topic === 'images' && (change.imageIds === 'all' || (imageId !== null && change.imageIds.includes(imageId)))))
      void load();
  });
  const apply = useCallback(
    async (make: (doc: Doc) => readonly Op[]): Promise<boolean> => {
      const now = latest.current;
      if (!now) return false;
      const ops = [...make(now.doc)];
      if (ops.length === 0) return false;
      const activeMs = Math.min(600_000, Math.round(performance.now() - began.current));
      began.current = performance.now();
      setChrome({ saveState: { kind: 'pending' } });
      try {
        const eventId = newId();
        const result = await client.call('edits.apply', { eventId, imageId: now.imageId, baseRev: now.rev, groupId: eventId, ops, activeMs });
        if (result.status === 'conflict') {
          await load();
          throw new AppError('conflict', 'changed elsewhere', { key: 'adjudicate-changed' });
        }
        setChrome({ saveState: { kind: 'saved', at: result.at } });
        await load();
        return true;
      } catch (thrown) {
        const message = errorSentence(thrown);
        setChrome({ saveState: { kind: 'failed', message } });
        setProblem(message);
        return false;
      }
    },
    [client, load],
  );
  const undo = useCallback(async (): Promise<boolean> => {
    if (imageId === null) return false;
    try {
      const result = await client.call('edits.undo', { imageId });
      if (result.status === 'done' || result.status === 'bulk') setChrome({ saveState: { kind: 'saved', at: result.at } });
      await load();
      return result.status === 'done' || result.status === 'bulk';
    } catch (thrown) {
      setProblem(errorSentence(thrown));
      return false;
    }
  }, [client, imageId, load]);
  if (imageId === null) return null;
  const doc = state?.imageId === imageId ? state.doc : null;
  const cases = doc ? casesOf(doc) : [];
  return { imageId, doc, cases, open: doc ? openPairs(doc).length : 0, problem, apply, undo };
}

const casesOf = (doc: Doc): Case[] => rowPairs(doc).map((pair) => ({ key: pairKey(pair), pair, resultId: resultOf(doc, pair) }));
