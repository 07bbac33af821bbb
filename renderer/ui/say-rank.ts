/** Why images could not be put in order by likeness, with the way there. */
import i18next from 'i18next';
import type { RankResult } from '../../shared/rpc/machine-contract.ts';
import { toast } from './toasts.ts';

/** `openEncoders` and `index` are commands; features may not know of each other. */
export function sayRank(result: RankResult, run: (command: 'encoders.open' | 'similar.index') => void): void {
  if (result.status === 'no-encoder') {
    toast('info', i18next.t('similar.no-encoder'), { action: { text: i18next.t('similar.get-encoder'), run: () => run('encoders.open') } });
  } else if (result.status === 'not-indexed') {
    toast('info', i18next.t('similar.not-indexed', { encoder: result.encoder }), {
      action: { text: i18next.t('similar.index'), run: () => run('similar.index') },
    });
  } else if (result.status === 'ranked' && result.indexed < result.total) {
    toast('info', i18next.t('similar.partly', { indexed: result.indexed, total: result.total }));
  }
}
