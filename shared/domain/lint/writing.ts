/** Rules about how texts are written: captions, questions, answers and labels. */
import { countWords } from '../../text/count.ts';
import type { LintFinding, LintRule } from './rule.ts';
import { at, quote, rewrite, sentencesOf, textsOf, unmarked, type WrittenText } from './texts.ts';

/** Control characters but tab and line breaks, which have rules of their own. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;
/**
 * Characters that nobody sees: zero-width space and no-break space, word joiner, soft hyphen, marks of writing direction. The joiners U+200C and U+200D
 * belong into emoji and into some scripts, and are strange only between Latin or CJK letters.
 */
const INVISIBLE =
  /[\u200b\u2060\u00ad\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{N}\s])[\u200c\u200d]+|^[\u200c\u200d]+/gu;
const HAS_STRANGE = /(?![\t\n\r])\p{Cc}|[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;
const QUOTED = /“[^“”\n]{1,300}”|"[^"\n]{1,300}"|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』/gu;

/** What a person says while thinking. Japanese あの and その are words of their own, and only their drawn-out forms are taken. */
const FILLER =
  /(?<![\p{L}\p{N}'’-])(?:u+m+|u+h+m*|e+r+m+|hm{2,})(?![\p{L}\p{N}'’-])|え[ーぇ]?っ?と[ーぉ]?(?=[、。…\s]|$)|え[ーぇ]{1,3}(?=[、…])|あのー+(?!ー*と(?:いう|言))|う[ーぅ]+ん(?=[、。…\s]|$)|ん[ーぅ]+(?=[、。…\s]|$)/giu;
/** The filler with the comma and the blank that go with it. */
const FILLER_AND_COMMA = new RegExp(`(?:${FILLER.source})[,、…]*[ \\u3000]?`, 'giu');
/** Sentences that speech recognition makes of silence; its training had subtitles of films with them. */
const HEARD_IN_SILENCE =
  /\b(?:thank(?:s| you)(?: so much| very much)? for (?:watching|listening)|please (?:like and )?subscribe|don(?:'|’)t forget to (?:like|subscribe)|see you (?:in the )?next (?:video|time)|subtitles by|transcribed by|amara\.org)\b|ご視聴(?:いただき)?(?:、)?ありがとうござい|チャンネル登録(?:を)?(?:よろしく)?お願い|最後までご覧|次の動画で(?:お会い|会い)|字幕(?:作成|提供)/giu;

const MAIL = /(?<![\p{Script=Latin}\p{N}._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\p{Script=Latin}\p{N}])/gu;
/** With a country's code, or grouped as numbers are in North America and Japan: bare digits are prices, sizes and years. */
const PHONE =
  /(?<![\p{Script=Latin}\p{N}.-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]\d{2,4}){2,3}|\(\d{3}\) ?\d{3}[-.]\d{4}|\d{3}-\d{3}-\d{4}|0\d{1,4}-\d{1,4}-\d{4}|0\d{1,3}\(\d{2,4}\)\d{4})(?![\p{Script=Latin}\p{N}-])/gu;
/** Japanese plates, and British and German ones as they are written. */
const PLATE =
  /[\p{Script=Han}]{1,4} ?[0-9０-９]{3} ?[ぁ-ん] ?[0-9０-９・.]{1,2}[-‐－・ ]?[0-9０-９]{2}(?![0-9０-９])|(?<![\p{Script=Latin}\p{N}])[A-Z]{2}[0-9]{2} [A-Z]{3}(?![\p{Script=Latin}\p{N}])|(?<![\p{Script=Latin}\p{N}])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [0-9]{1,4}(?![\p{Script=Latin}\p{N}])/gu;

/** CLIP reads 77 tokens, two of them start and end; each of these is at least one, so that a text with more than 75 surely does not fit. */
const CLIP_PIECE = /\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/gu;
const CLIP_TEXT_TOKENS = 75;

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['en', /\p{Script=Latin}/gu],
];
/** Languages that are written in each script, as far as it tells them apart. */
const WRITTEN_IN: Readonly<Record<string, ReadonlySet<string>>> = {
  ja: new Set(['ja']),
  ko: new Set(['ko']),
  zh: new Set(['zh', 'ja']),
  ru: new Set(['ru', 'uk', 'bg', 'sr', 'be', 'mk', 'kk', 'ky', 'mn', 'tg']),
  ar: new Set(['ar', 'fa', 'ur', 'ps', 'ku', 'ckb']),
};
/** Letters of one script that make a text long enough to be of a language. */
const ENOUGH_LETTERS = 12;

/** The script that most letters of a text are in, by the code of a language that is known by it; null where it is short or mixed. */
export function scriptOf(text: string): string | null {
  if (/^\p{ASCII}*$/u.test(text)) return /(?:[A-Za-z][^A-Za-z]*){12}/.test(text) ? 'en' : null;
  const counts = SCRIPTS.map(([code, script]) => [code, text.match(script)?.length ?? 0] as const);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const has = (code: string) => counts.find(([one]) => one === code)![1];
  // Japanese is kana with characters between them: a tenth of kana tells it from Chinese.
  if (has('ja') + has('zh') >= ENOUGH_LETTERS / 2 && has('ja') + has('zh') > all * 0.7) return has('ja') * 10 >= has('zh') ? 'ja' : 'zh';
  const [code, count] = counts.reduce((most, next) => (next[1] > most[1] ? next : most));
  return count >= ENOUGH_LETTERS && count > all * 0.7 ? code : null;
}
/** Whether a text in this script can be of one of these languages. */
const fits = (script: string, languages: readonly string[]): boolean =>
  languages.some((language) => {
    const base = language.split('-')[0]!;
    const known = WRITTEN_IN[script];
    return known ? known.has(base) : !Object.values(WRITTEN_IN).some((set) => set.has(base));
  });

const outsideQuotes = (text: string): string => (/["“「『]/.test(text) ? text.replace(QUOTED, (words) => '\ufffc'.repeat(words.length)) : text);

/** Findings at each match of a pattern in texts that people wrote as sentences. */
function matches(code: string, pattern: RegExp, texts: readonly WrittenText[], name: string, read: (text: string) => string = unmarked): LintFinding[] {
  return texts.flatMap((text) => {
    const found = [...read(text.text).matchAll(pattern)];
    return found.map((match) => at(code, text, match.index, match.index + match[0].length, { [name]: quote(match[0]) }));
  });
}
const saidOf = (doc: Parameters<LintRule['check']>[0]) => sentencesOf(doc).filter((text) => text.role !== 'question');
const wholeText = (code: string, text: WrittenText, params: LintFinding['params']): LintFinding => ({
  code,
  subjectKind: text.kind,
  subjectId: text.id,
  params,
});

export const textRules: readonly LintRule[] = [
  {
    code: 'caption-short',
    group: 'texts',
    severity: 'hint',
    blocks: 'never',
    // The meter below the caption says it while one writes.
    quiet: true,
    check: (doc, { settings }) =>
      settings.wordMinimum === 0
        ? []
        : sentencesOf(doc)
            .filter((text) => text.role === 'caption' && text.text.trim() !== '')
            .map((text) => [text, countWords(text.text)] as const)
            .filter(([, words]) => words < settings.wordMinimum)
            .map(([text, words]) => wholeText('caption-short', text, { words, least: settings.wordMinimum })),
  },
  {
    code: 'filler',
    group: 'texts',
    severity: 'warning',
    blocks: 'never',
    check: (doc) => matches('filler', FILLER, saidOf(doc), 'words', (text) => outsideQuotes(unmarked(text))),
    fix: (doc, finding) =>
      rewrite(doc, finding, (text) => {
        const quotes = [...text.matchAll(QUOTED)].map((match) => [match.index, match.index + match[0].length] as const);
        const kept = text.replace(FILLER_AND_COMMA, (words, ...rest) => {
          const index = rest.find((value) => typeof value === 'number')!;
          return quotes.some(([start, end]) => index >= start && index < end) ? words : '';
        });
        // What a filler stood before begins its sentence now.
        const isStart = /^\s*[a-z]/.test(kept) && !/^\s*[a-z]/.test(text);
        return isStart ? kept.replace(/^(\s*)([a-z])/, (_all, blank: string, letter: string) => blank + letter.toUpperCase()) : kept;
      }),
  },
  {
    code: 'heard-in-silence',
    group: 'texts',
    severity: 'warning',
    blocks: 'submit',
    check: (doc) => matches('heard-in-silence', HEARD_IN_SILENCE, saidOf(doc), 'words', (text) => outsideQuotes(unmarked(text))),
  },
  {
    code: 'caption-tab',
    group: 'texts',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      sentencesOf(doc)
        .filter((text) => text.text.includes('\t'))
        .map((text) => at('caption-tab', text, text.text.indexOf('\t'), text.text.indexOf('\t') + 1)),
    fix: (doc, finding) => rewrite(doc, finding, (text) => text.replace(/[ ]*\t+[ ]*/g, ' ')),
  },
  {
    code: 'caption-line-break',
    group: 'texts',
    severity: 'hint',
    blocks: 'never',
    offByDefault: true,
    check: (doc) =>
      sentencesOf(doc)
        .filter((text) => text.role === 'caption' && /[\r\n\u2028\u2029]/.test(text.text.trim()))
        .map((text) => wholeText('caption-line-break', text, {})),
    fix: (doc, finding) => rewrite(doc, finding, (text) => joinLines(text.trim())),
  },
  {
    code: 'caption-beyond-clip',
    group: 'texts',
    severity: 'hint',
    blocks: 'never',
    offByDefault: true,
    quiet: true,
    check: (doc) =>
      sentencesOf(doc)
        .filter((text) => text.role === 'caption')
        .map((text) => [text, text.text.match(CLIP_PIECE)?.length ?? 0] as const)
        .filter(([, pieces]) => pieces > CLIP_TEXT_TOKENS)
        .map(([text, pieces]) => wholeText('caption-beyond-clip', text, { tokens: pieces + 2 })),
  },
  {
    code: 'text-language',
    group: 'texts',
    severity: 'warning',
    blocks: 'never',
    check: (doc, { languages }) =>
      languages.length === 0
        ? []
        : sentencesOf(doc).flatMap((text) => {
            const script = scriptOf(outsideQuotes(unmarked(text.text)));
            return script === null || fits(script, languages) ? [] : [wholeText('text-language', text, { languages: languages.join(', ') })];
          }),
  },
  ...(
    [
      ['personal-mail', MAIL],
      ['personal-phone', PHONE],
      ['personal-plate', PLATE],
    ] as const
  ).map(([code, pattern]): LintRule => ({
    code,
    group: 'texts',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      matches(
        code,
        pattern,
        textsOf(doc).filter(({ text }) => code !== 'personal-mail' || text.includes('@')),
        'words',
      ),
  })),
  {
    code: 'not-nfc',
    group: 'texts',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      textsOf(doc)
        .filter(({ text }) => text.normalize('NFC') !== text)
        .map((text) => wholeText('not-nfc', text, { text: quote(text.text) })),
    fix: (doc, finding) => rewrite(doc, finding, (text) => text.normalize('NFC')),
  },
  {
    code: 'strange-characters',
    group: 'texts',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      textsOf(doc).flatMap((text) => {
        if (!HAS_STRANGE.test(text.text)) return [];
        const count = (text.text.match(CONTROL)?.length ?? 0) + (text.text.match(INVISIBLE)?.length ?? 0);
        return count > 0 ? [wholeText('strange-characters', text, { count, text: quote(withoutStrange(text.text)) })] : [];
      }),
    fix: (doc, finding) => rewrite(doc, finding, withoutStrange),
  },
  {
    code: 'text-pasted',
    group: 'texts',
    severity: 'hint',
    blocks: 'never',
    quiet: true,
    check: (doc, { origins, settings }) =>
      origins.size === 0
        ? []
        : sentencesOf(doc).flatMap((text) => {
            const origin = origins.get(text.id);
            if (!origin || text.role === 'question') return [];
            const known = origin.typed + origin.pasted + origin.draft + origin.spoken;
            const share = known === 0 ? 0 : origin.pasted / known;
            return share >= settings.pastedShare && origin.pasted >= 20 ? [wholeText('text-pasted', text, { share: Math.round(share * 100) })] : [];
          }),
  },
];

const withoutStrange = (text: string): string => text.replace(CONTROL, '').replace(INVISIBLE, '');
/** One line: Japanese lines meet without a blank. */
const joinLines = (text: string): string =>
  text.replace(/(.?)[ \t]*[\r\n\u2028\u2029]+[ \t]*(?=(.?))/gsu, (_all, before: string, after: string) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。、！？]/u.test(before) && !/[a-z0-9]/i.test(after) ? before : `${before} `,
  );
