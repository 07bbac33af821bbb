/** From words to what a text tower takes, by the model's own tokenizer.json. The only file that imports @huggingface/tokenizers. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { EncoderManifest } from '../../../shared/domain/encoder.ts';
import type { Feed } from './session.ts';

type TextShape = Pick<EncoderManifest, 'context_length' | 'pad_to_context' | 'pad_id'> & { readonly strip_sep?: unknown };
/** Turns texts into token ids of one length with a mask of what is not padding. */
export type Tokenize = (texts: readonly string[]) => { readonly ids: Feed; readonly mask: Feed };

/** Reads `tokenizer.json` and, where there is one, `tokenizer_config.json` beside it. Throws where it is not a tokenizer. */
export function loadTokenizer(folder: string, file: string, shape: TextShape): Tokenize {
  const config = path.join(folder, path.dirname(file), 'tokenizer_config.json');
  const tokenizer = new Tokenizer(
    JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as object,
    existsSync(config) ? (JSON.parse(readFileSync(config, 'utf8')) as object) : {},
  );
  return tokenizeWith((text) => tokenizer.encode(text).ids, shape);
}

/**
 * Cuts at the context length but keeps the end mark, as Hugging Face's truncation does, because towers that pool at it need it. OpenVision
 * (`strip_sep`) then takes the end mark off, as open_clip's `strip_sep_token` does. Pads with `pad_id` to the longest or to the context length.
 */
export function tokenizeWith(encode: (text: string) => readonly number[], shape: TextShape): Tokenize {
  const limit = shape.context_length ?? 77;
  const end = endMarks(encode);
  const cut = (text: string): readonly number[] => {
    const all = encode(text);
    const kept = all.length <= limit ? all : [...all.slice(0, limit - end.length), ...end];
    return shape.strip_sep === true && end.length > 0 ? kept.slice(0, -end.length) : kept;
  };
  return (texts) => {
    const rows = texts.map(cut);
    const length = shape.pad_to_context ? limit : Math.max(1, ...rows.map((row) => row.length));
    const ids = new BigInt64Array(rows.length * length).fill(BigInt(shape.pad_id));
    const mask = new BigInt64Array(rows.length * length);
    for (const [at, row] of rows.entries()) {
      for (const [position, id] of row.entries()) {
        ids[at * length + position] = BigInt(id);
        mask[at * length + position] = 1n;
      }
    }
    const dims = [rows.length, length];
    return { ids: { data: ids, dims }, mask: { data: mask, dims } };
  };
}

/** The marks that the tokenizer puts after every text: of two texts, what both end with and neither begins with. */
function endMarks(encode: (text: string) => readonly number[]): readonly number[] {
  const nothing = encode('');
  const some = encode('a');
  let before = 0;
  while (before < nothing.length && nothing[before] === some[before]) before++;
  return nothing.slice(before);
}
