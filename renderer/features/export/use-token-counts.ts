/** Tokens of several texts at once: the counter answers one question at a time, so they are asked in turn. */
import { useEffect, useState } from 'react';
import { countTokens, type TokenCounts } from '../../stores/token-counter.ts';

const waiting: { readonly text: string; readonly done: (counts: TokenCounts) => void }[] = [];
let isAsking = false;

function ask(): void {
  const [next] = waiting;
  if (isAsking || !next) return;
  isAsking = true;
  countTokens(next.text, ({ counts }) => {
    isAsking = false;
    waiting.shift();
    next.done(counts);
    ask();
  });
}

/** Null until they are counted. */
export function useTokenCounts(text: string): TokenCounts | null {
  const [known, setKnown] = useState<{ readonly text: string; readonly counts: TokenCounts } | null>(null);
  useEffect(() => {
    let isShown = true;
    waiting.push({ text, done: (counts) => isShown && setKnown({ text, counts }) });
    ask();
    return () => {
      isShown = false;
    };
  }, [text]);
  return known?.text === text ? known.counts : null;
}
