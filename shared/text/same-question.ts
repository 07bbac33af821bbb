/** Whether two questions ask the same, in English and Japanese: by their words, not by what they mean. */

/** Words that change how it is asked and not what. */
const PLAIN_EN = new Set(
  "a an the is are was were am be do does did there here in on of at to it this that these those image picture photo please can could you see seen shown visible tell me what's".split(
    ' ',
  ),
);
const PLAIN_JA = /この|その|画像|写真|に写って|の中|でしょう|ですか|ますか|ました|います|いる|あります|ある|ください|教えて|は|が|を|に|で|の|か|ね|よ/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

const plain = (text: string): string => text.normalize('NFKC').toLocaleLowerCase().replaceAll('’', "'");
const bare = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]+/gu, '');

function content(text: string): string {
  if (JAPANESE.test(text)) return bare(text).replace(PLAIN_JA, '');
  const words = plain(text).match(/[\p{L}\p{N}']+/gu) ?? [];
  return words
    .filter((word) => !PLAIN_EN.has(word))
    .map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/u, '') : word))
    .sort()
    .join(' ');
}

/** `same`: equal but for punctuation, case and spaces; `alike`: equal but for words that say nothing; null: another question. */
export function sameQuestion(a: string, b: string): 'same' | 'alike' | null {
  const left = bare(a);
  if (left === '' || bare(b) === '') return null;
  if (left === bare(b)) return 'same';
  const said = content(a);
  return said !== '' && said === content(b) ? 'alike' : null;
}
