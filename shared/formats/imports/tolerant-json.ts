/** JSON as other programs write it: Python's `json.dumps` puts NaN and Infinity where numbers are, which JSON does not have. */
import type { JsonValue } from '../columns.ts';

/** Strings are matched so that words in them stay as they are. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs;

/** The value; numbers that are none are null, and `repaired` says that there were some. Throws `SyntaxError` for what is no JSON even so. */
export function parseJson(text: string): { readonly value: JsonValue; readonly repaired: boolean } {
  try {
    return { value: JSON.parse(text) as JsonValue, repaired: false };
  } catch (thrown) {
    if (!/NaN|Infinity/.test(text)) throw thrown;
    return { value: JSON.parse(text.replace(TOKENS, (token) => (token.startsWith('"') ? token : 'null'))) as JsonValue, repaired: true };
  }
}
