/** What is found out about the open caption while nobody types: which questions it covers, and its tokens. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkGuide, type GuideFindings } from '../../../../shared/domain/guide.ts';
import { countTokens, NO_TOKENS, type TokenCounts } from '../../../stores/token-counter.ts';

export interface TextFacts {
  readonly text: string;
  readonly findings: GuideFindings;
  /** Null until they are counted. */
  readonly tokens: TokenCounts | null;
}
export interface FactsFinder {
  readonly store: StoreApi<TextFacts>;
  /** The text after a key. Costs nothing now. */
  look(text: string): void;
  stop(): void;
}

/** At the latest this long after a key; before that whenever the page has time. */
const LATEST_MS = 250;

/** One finder for one caption. */
export function createFactsFinder(): FactsFinder {
  const store = createStore<TextFacts>()(() => ({ text: '', findings: checkGuide(''), tokens: null }));
  let wanted: string | null = null;
  let waiting = false;
  const find = () => {
    waiting = false;
    const text = wanted;
    if (text === null) return;
    wanted = null;
    store.setState({ text, findings: checkGuide(text), ...(text === '' ? { tokens: NO_TOKENS } : {}) });
    if (text === '') return;
    // Counts of the text before stand until these come: a few milliseconds, the first time some hundred.
    countTokens(text, ({ counts }) => {
      if (store.getState().text !== '') store.setState({ tokens: counts });
    });
  };
  const whenIdle = () => (typeof requestIdleCallback === 'function' ? requestIdleCallback(find, { timeout: LATEST_MS }) : setTimeout(find, LATEST_MS));
  return {
    store,
    look(text) {
      wanted = text;
      if (waiting) return;
      waiting = true;
      whenIdle();
    },
    stop() {
      wanted = null;
    },
  };
}
