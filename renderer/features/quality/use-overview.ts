/** The figures of agreement: how far they are, then what they are. */
import { useEffect, useState } from 'react';
import type { AgreementOverview } from '../../../shared/domain/agreement/overview.ts';
import { useHost } from '../../host/host.ts';
import { useChanges } from '../../queries/changes.ts';
import { errorSentence } from '../../ui/errors.ts';

export interface OverviewState {
  readonly overview: AgreementOverview | null;
  /** Images compared of those that have to be; null where none is under way. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly problem: string | null;
}
/** Edits go on while one looks: figures are made again once it is quiet for so long. */
const QUIET_MS = 3000;

/** Kept while the window is open: who comes back from the images behind a number finds the figures at once. */
let last: AgreementOverview | null = null;

export function useOverview(radiusPct: number): OverviewState & { cancel: () => void } {
  const { client } = useHost();
  const [state, setState] = useState<OverviewState>({ overview: last?.radiusPct === radiusPct ? last : null, progress: null, problem: null });
  const [round, setRound] = useState(0);
  const [abort, setAbort] = useState<AbortController | null>(null);
  const [quiet, setQuiet] = useState<ReturnType<typeof setTimeout> | null>(null);
  useChanges((change) => {
    if (change.topic !== 'images' && change.topic !== 'all') return;
    if (quiet) clearTimeout(quiet);
    setQuiet(setTimeout(() => setRound((now) => now + 1), QUIET_MS));
  });
  useEffect(() => {
    const controller = new AbortController();
    setAbort(controller);
    const follow = async () => {
      for await (const piece of client.open('agreement.overview', { radiusPct }, controller.signal)) {
        if ('result' in piece) {
          last = piece.result;
          setState({ overview: piece.result, progress: null, problem: null });
        } else setState((now) => ({ ...now, progress: piece.total > 0 ? piece : null }));
      }
    };
    follow().catch((thrown: unknown) => {
      if (!controller.signal.aborted) setState((now) => ({ ...now, progress: null, problem: errorSentence(thrown) }));
    });
    return () => controller.abort();
  }, [client, radiusPct, round]);
  return {
    ...state,
    cancel: () => {
      abort?.abort();
      setState((now) => ({ ...now, progress: null }));
    },
  };
}
