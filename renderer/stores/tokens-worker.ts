/** Counts tokens away from the page's thread: making the two tables takes some 100 ms, counting a caption well under one. */
import bertPieces from 'virtual:bert-pieces';
import clipMerges from 'virtual:clip-merges';
import { createBertTokenizer } from '../../shared/text/bert-tokens.ts';
import { createClipTokenizer } from '../../shared/text/clip-tokens.ts';
import type { TokenAnswer, TokenQuestion } from './token-counter.ts';

const clip = createClipTokenizer(clipMerges);
const bert = createBertTokenizer(bertPieces);

self.addEventListener('message', ({ data: { text } }: MessageEvent<TokenQuestion>) => {
  const answer: TokenAnswer = { text, counts: { clip: clip(text).length, openvision: bert(text).length } };
  self.postMessage(answer);
});
