import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogues } from '../../i18n/catalogue.ts';
import { actionArbitrary, opsOf, startDoc } from '../../testing/random-work.ts';
import { type Doc, emptyDoc } from '../model.ts';
import { newId } from '../ids.ts';
import { applyOps, invertOps, type Op } from '../ops.ts';
import { fixAll, holding, lintDoc, lintRules, ruleOf, settle } from './lint.ts';
import { defaultLintSettings, type LintContext, type LintSettings } from './rule.ts';
import { BEN, context, spots, written, type Written } from './testing.ts';

type Case = readonly [doc: Doc | Written, known?: Partial<LintContext>];
/** `ja` where the rule reads words; the others see the same in every language. */
interface Cases {
  readonly fires: Case;
  readonly silent: Case;
  readonly ja?: { readonly fires: Case; readonly silent: Case };
}
const docOf = (one: Doc | Written): Doc => ('conflicts' in one ? one : written(one));
const qa = (question: string, answer: string): Written => ({ questions: [[question, answer]] });
const caption = (text: string): Written => ({ captions: [text] });
const PAPER = 'The printed page shows a long list of names in two columns.';
const origin = (typed: number, pasted: number) => ({ typed, pasted, draft: 0, spoken: 0, unknown: 0, activeMs: 1000, edits: 3 });
const image = (change: Partial<LintContext['image']>): Partial<LintContext> => ({ image: { ...context().image, ...change } });
/** A document with an answer that holds a mark, with or without points. */
function marked(points: number): Doc {
  const doc = written(qa('Where is it?', 'Here.'));
  const id = newId();
  const { threadId: _thread, ...answer } = doc.turn.find((turn) => turn.role === 'answer')!;
  const ops: Op[] = [
    { op: 'add', kind: 'pointSet', row: { id, authorId: BEN, label: 'it', presence: 'present', method: 'pointing', createdAt: 1, turnId: answer.id } },
    ...spots(points).map(([xPct, yPct]): Op => ({ op: 'add', kind: 'point', row: { id: newId(), setId: id, xPct, yPct } })),
  ];
  const turn = doc.turn.map((row) => (row.role === 'answer' ? { ...row, text: `Here <@${id}>.` } : row));
  return { ...applyOps(doc, ops).doc, turn };
}
function twoAnswers(): Doc {
  const doc = written(qa('What is it?', 'A dog.'));
  const { threadId } = doc.thread.map((thread) => ({ threadId: thread.id }))[0]!;
  return applyOps(doc, [{ op: 'add', kind: 'turn', row: { id: newId(), threadId, role: 'answer', text: 'A cat.', createdAt: 1 } }]).doc;
}
/** As two copies of a project that are merged can leave it. */
function absentWithPoints(): Doc {
  const doc = written({ labels: { dog: spots(2) } });
  return { ...doc, pointSet: doc.pointSet.map((set) => ({ ...set, presence: 'absent' })) };
}
const pasted = (share: number): Case => {
  const doc = written(caption('A dog lies on a long wooden bench in the sun.'));
  return [doc, { origins: new Map([[doc.caption[0]!.id, origin(100 - share, share)]]) }];
};

const cases: Readonly<Record<string, Cases>> = {
  'count-contradicts-points': {
    fires: [{ captions: ['Three dogs.'], labels: { dog: spots(2) } }],
    silent: [{ captions: ['Two dogs.'], labels: { dog: spots(2) } }],
    ja: { fires: [{ captions: ['犬が3匹いる。'], labels: { 犬: spots(2) } }], silent: [{ captions: ['犬が2匹いる。'], labels: { 犬: spots(2) } }] },
  },
  'side-contradicts-points': {
    fires: [{ captions: ['A dog on the left.'], labels: { dog: [[90, 50]] } }],
    silent: [{ captions: ['A dog on the left.'], labels: { dog: [[10, 50]] } }],
    ja: { fires: [{ captions: ['左側に犬がいる。'], labels: { 犬: [[90, 50]] } }], silent: [{ captions: ['左側に犬がいる。'], labels: { 犬: [[10, 50]] } }] },
  },
  'answer-counts-otherwise': {
    fires: [{ ...qa('How many dogs are there?', 'Three.'), labels: { dog: spots(2) } }],
    silent: [{ ...qa('How many dogs are there?', 'Two.'), labels: { dog: spots(2) } }],
    ja: {
      fires: [{ ...qa('犬は何匹いますか？', '3匹です。'), labels: { 犬: spots(2) } }],
      silent: [{ ...qa('犬は何匹いますか？', '2匹です。'), labels: { 犬: spots(2) } }],
    },
  },
  'point-twice': { fires: [{ labels: { dog: [[1, 2], [1, 2]] } }], silent: [{ labels: { dog: [[1, 2], [1, 2.001]] } }] }, // prettier-ignore
  'points-near': { fires: [{ labels: { dog: [[10, 10], [10.3, 10]] } }], silent: [{ labels: { dog: [[10, 10], [11, 10]], cat: [[10, 10]] } }] }, // prettier-ignore
  'points-many': { fires: [{ labels: { dog: spots(41) } }], silent: [{ labels: { dog: spots(41) }, method: 'counting' }] },
  'label-empty': { fires: [{ labels: { ' ': [] } }], silent: [{ labels: { dog: [] } }] },
  'label-unsafe': { fires: [{ labels: { 'a "dog"': spots(1) } }], silent: [{ labels: { "a dog's bowl": spots(1) } }] },
  'label-untrimmed': { fires: [{ labels: { 'red  dog': spots(1) } }], silent: [{ labels: { 'red dog': spots(1) } }] },
  'label-variant': {
    fires: [{ labels: { dog: spots(1), Dogs: spots(1, 40) } }],
    silent: [{ labels: { dog: spots(1), 'hot dog': spots(1, 40) } }],
    ja: { fires: [{ labels: { ネコ: spots(1), ﾈｺ: spots(1, 40) } }], silent: [{ labels: { 猫: spots(1), 子猫: spots(1, 40) } }] },
  },
  'label-repeated': {
    fires: [written({ labels: { dog: spots(1, 50) } }, written({ labels: { dog: spots(1) } }))],
    silent: [written({ labels: { dog: spots(1, 50) }, by: BEN }, written({ labels: { dog: spots(1) } }))],
  },
  'label-both-methods': {
    fires: [written({ labels: { dogs: spots(3) }, method: 'counting' }, written({ labels: { dog: spots(3) } }))],
    silent: [written({ labels: { cats: spots(3) }, method: 'counting' }, written({ labels: { dog: spots(3) } }))],
  },
  'absent-with-points': { fires: [absentWithPoints()], silent: [{ labels: { dog: null } }] },
  'absent-contested': {
    fires: [written({ labels: { Dog: spots(2) }, by: BEN }, written({ labels: { dog: null } }))],
    silent: [written({ labels: { dog: null }, by: BEN }, written({ labels: { dog: null } }))],
  },
  'loader-token': { fires: [qa('<image> What is it?', 'A dog.')], silent: [qa('What does the <imagine> sign say?', 'A < B.')] },
  'point-placeholder': { fires: [qa('Where?', 'Here <|POINT|>.')], silent: [qa('Where?', 'At the point.')] },
  'mark-without-points': { fires: [marked(0)], silent: [marked(1)] },
  'count-without-points': {
    fires: [qa('How many dogs are there?', 'Two.')],
    silent: [{ ...qa('How many dogs are there?', 'Two.'), labels: { dog: spots(2) } }],
    ja: { fires: [qa('犬は何匹いますか？', '2匹。')], silent: [qa('犬は何色ですか？', '白です。')] },
  },
  'role-order': { fires: [twoAnswers()], silent: [qa('What is it?', 'A dog.')] },
  'answer-by-machine': {
    fires: [qa('Who is it?', 'As an AI language model, I cannot tell.')],
    silent: [qa('Who is it?', 'As an aide to the mayor he wears a badge.')],
    ja: { fires: [qa('誰ですか？', 'AIとして、お答えできません。')], silent: [qa('何ですか？', 'AIスピーカーとして使われる機器です。')] },
  },
  'answers-alike': {
    fires: [{ questions: ['a', 'b', 'c'].map((letter) => [`What is ${letter}?`, `The image shows a letter ${letter} on paper.`] as const) }],
    silent: [{ questions: ['a', 'b'].map((letter) => [`What is ${letter}?`, `The image shows a letter ${letter} on paper.`] as const) }],
    ja: {
      fires: [qa('何ですか？', 'この画像には犬が写っています。'), { commonOpenings: new Set(['この画像には']) }],
      silent: [qa('何ですか？', '茶色い犬が芝生の上に座っています。'), { commonOpenings: new Set(['この画像には']) }],
    },
  },
  'question-repeated': {
    fires: [{ questions: [['What is it?', 'A dog.'], ['What is it ?', 'A puppy.']] }], // prettier-ignore
    silent: [{ questions: [['What is it?', 'A dog.'], ['What colour is it?', 'Brown.']] }], // prettier-ignore
    ja: {
      fires: [{ questions: [['これは何ですか？', '犬です。'], ['これは何ですか', '子犬です。']] }], // prettier-ignore
      silent: [{ questions: [['これは何ですか？', '犬です。'], ['何色ですか？', '茶色です。']] }], // prettier-ignore
    },
  },
  'answer-from-caption': {
    fires: [{ ...qa('What do you see?', PAPER), captions: [`A photo of a book. ${PAPER}`] }],
    silent: [{ ...qa('What do you see?', 'Two columns.'), captions: [`A photo of a book. ${PAPER}`] }],
    ja: {
      fires: [
        { ...qa('何が見えますか？', '茶色い犬が緑の芝生の上に座って左を見ている。'), captions: ['公園の写真。茶色い犬が緑の芝生の上に座って左を見ている。'] },
      ],
      silent: [{ ...qa('何が見えますか？', '茶色い犬'), captions: ['公園の写真。茶色い犬が座っている。'] }],
    },
  },
  'yes-bias': {
    fires: [qa('Is it a dog?', 'Yes, it is.'), { yesShare: 0.8 }],
    silent: [qa('Is it a dog?', 'Yes, it is.'), { yesShare: 0.6 }],
    ja: { fires: [qa('これは犬ですか？', 'はい。'), { yesShare: 0.8 }], silent: [qa('これは犬ですか？', 'いいえ。'), { yesShare: 0.8 }] },
  },
  'answer-language': {
    fires: [qa('What is the animal in the picture doing?', '緑の芝生の上に座っています。')],
    silent: [qa('What is the animal in the picture doing?', 'It sits on the green lawn and looks around.')],
    ja: {
      fires: [qa('この動物は何をしていますか？', 'It sits on the green lawn and looks around.')],
      silent: [qa('この看板には何と書いてありますか？', 'OPEN DAILY')],
    },
  },
  'caption-short': {
    fires: [caption('A dog.')],
    silent: [caption(Array.from({ length: 30 }, (_, at) => `word${at}`).join(' '))],
    ja: { fires: [caption('犬。')], silent: [caption('茶色い犬が緑の芝生の上に座って左を見ている。その後ろには白い家が見える。')] },
  },
  filler: {
    fires: [caption('A dog, um, sits there.')],
    silent: [caption('An umbrella and a sign that says "um".')],
    ja: { fires: [caption('えっと、犬がいます。')], silent: [caption('あの犬は映画館のえきと書いた看板の前にいる。')] },
  },
  'heard-in-silence': {
    fires: [caption('A dog. Thanks for watching!')],
    silent: [caption('A slide that says "Thanks for watching".')],
    ja: { fires: [caption('犬です。ご視聴ありがとうございました。')], silent: [caption('画面に「ご視聴ありがとうございました」と出ている。')] },
  },
  'caption-tab': { fires: [caption('A dog\tand a cat')], silent: [caption('A dog and a cat')] },
  'caption-line-break': { fires: [caption('A dog.\nA cat.')], silent: [caption('A dog. A cat.\n')] },
  'caption-beyond-clip': { fires: [caption('word '.repeat(76))], silent: [caption('word '.repeat(75))] },
  'text-language': {
    fires: [caption('茶色い犬が緑の芝生の上に座っている。'), { languages: ['en'] }],
    silent: [caption('A brown dog sits on the lawn.'), { languages: ['en', 'ja'] }],
    ja: {
      fires: [caption('A brown dog sits on the lawn.'), { languages: ['ja'] }],
      silent: [caption('「OPEN」と書かれた看板の前に犬がいる。'), { languages: ['ja'] }],
    },
  },
  'personal-mail': { fires: [caption('A card with jane.doe@example.org on it.')], silent: [caption('The handle @jane and 3@5.')] },
  'personal-phone': {
    fires: [caption('A sign: +81 3 1234 5678.')],
    silent: [caption('The year 1999-2000 and 12345 tickets for 3.50.')],
    ja: { fires: [caption('電話は03-1234-5678です。')], silent: [caption('2024-05-01に1,000円で買った。')] },
  },
  'personal-plate': {
    fires: [caption('The plate reads AB12 CDE.')],
    silent: [caption('Room B12 on floor 3.')],
    ja: { fires: [caption('品川 500 あ 12-34の車')], silent: [caption('令和 500 円の切手')] },
  },
  'not-nfc': { fires: [caption('cafe\u0301')], silent: [caption('café')], ja: { fires: [caption('か\u3099')], silent: [caption('が')] } },
  'strange-characters': { fires: [caption('A\u200bdog')], silent: [caption('A family 👩‍👩‍👧 and می‌خواهم.')] },
  'text-pasted': { fires: pasted(92), silent: pasted(40) },
  'image-changed': { fires: [{}, image({ file: 'changed' })], silent: [{}, image({ file: 'missing' })] },
  'image-missing': { fires: [{}, image({ file: 'missing' })], silent: [{}] },
  'image-turned': { fires: [{}, image({ orientation: 6 })], silent: [{}] },
  'image-unusual': { fires: [{}, image({ format: 'tiff' })], silent: [{}] },
  'near-in-other-split': { fires: [{}, { nearInOtherSplit: ['val/a.jpg'] }], silent: [{}] },
};

/** Everything on. */
const all: LintSettings = { ...defaultLintSettings, rules: Object.fromEntries(lintRules.map(({ code }) => [code, { on: true }])) };
const codes = ([doc, known]: Case): Set<string> => new Set(lintDoc(docOf(doc), context({ settings: all, ...known })).map(({ code }) => code));
/** Rules whose judgement depends on words: they need a case in both languages. */
const READS_WORDS = /^(?:count-|side-|answer|question-repeated|yes-|caption-short|filler|heard|text-language|personal-(?:phone|plate)|label-variant)/;

describe.each(lintRules.map((rule) => [rule.code, rule] as const))('%s', (code) => {
  test('has a case that fires and one that does not, in both languages where it reads words', () => {
    const one = cases[code]!;
    expect(one).toBeDefined();
    expect(codes(one.fires)).toContain(code);
    expect(codes(one.silent)).not.toContain(code);
    if (READS_WORDS.test(code)) expect(one.ja).toBeDefined();
    if (one.ja) {
      expect(codes(one.ja.fires)).toContain(code);
      expect(codes(one.ja.silent)).not.toContain(code);
    }
  });

  test('is told in both languages, with what to do, and names only what its findings have', () => {
    const own = [cases[code]!.fires, ...(cases[code]!.ja ? [cases[code]!.ja.fires] : [])];
    const findings = own.flatMap(([doc, known]) => lintDoc(docOf(doc), context({ settings: all, ...known })).filter((finding) => finding.code === code));
    for (const catalogue of Object.values(catalogues)) {
      const sentences = (catalogue.lint.rules as Record<string, { title: string; explain: string; fixed?: string }>)[code]!;
      expect(Object.keys(sentences)).toEqual(expect.arrayContaining(['title', 'explain']));
      expect('fixed' in sentences).toBe(ruleOf(code)!.fix !== undefined);
      const named = [
        ...Object.values(sentences)
          .join(' ')
          .matchAll(/\{\{(\w+)(?:,[^}]*)?\}\}/g),
      ].map((match) => match[1]!);
      for (const finding of findings) for (const name of named) expect(Object.keys(finding.params)).toContain(name);
    }
  });

  test('its fix, where it has one, settles the case and can be taken back', () => {
    for (const [doc, known] of [cases[code]!.fires, ...(cases[code]!.ja ? [cases[code]!.ja.fires] : [])]) {
      const before = docOf(doc);
      const ops = fixAll(before, code, context({ settings: all, ...known }));
      if (!ruleOf(code)!.fix) {
        expect(ops).toEqual([]);
        continue;
      }
      expect(ops.length).toBeGreaterThan(0);
      const { doc: after, conflicts } = applyOps(before, ops);
      expect(conflicts).toEqual([]);
      expect(codes([after, known ?? {}])).not.toContain(code);
      expect(applyOps(after, invertOps(ops)).doc).toEqual(before);
    }
  });
});

test('no case is of a rule that is gone', () => {
  expect(Object.keys(cases).sort()).toEqual(lintRules.map(({ code }) => code).sort());
});

test('fixes say exactly what becomes of a text', () => {
  const fixed = (text: string, code: string) => {
    const doc = written(caption(text));
    return applyOps(doc, fixAll(doc, code, context({ settings: all }))).doc.caption[0]!.text;
  };
  expect(fixed('Um, a dog, uh, sits.', 'filler')).toBe('A dog, sits.');
  expect(fixed('えっと、犬が、えー、います。', 'filler')).toBe('犬が、います。');
  expect(fixed('A sign "um" and, um, a dog.', 'filler')).toBe('A sign "um" and, a dog.');
  expect(fixed('A dog.\n\nA cat.', 'caption-line-break')).toBe('A dog. A cat.');
  expect(fixed('犬がいる。\n猫もいる。', 'caption-line-break')).toBe('犬がいる。猫もいる。');
  expect(fixed('See <image> and <|im_start|>.', 'loader-token')).toBe('See image and im_start.');
  expect(fixed('Here <|POINT|>, there.', 'point-placeholder')).toBe('Here, there.');
});

test('labels that are joined keep every point, and other people’s labels are left alone', () => {
  const doc = written({ labels: { dog: spots(2), Dogs: spots(3, 40) } });
  const { doc: after } = applyOps(doc, fixAll(doc, 'label-variant', context()));
  expect([after.pointSet.map(({ label }) => label), after.point.length, new Set(after.point.map(({ setId }) => setId)).size]).toEqual([['dog'], 5, 1]);
  const theirs = written({ labels: { Dogs: spots(3, 40) }, by: BEN }, written({ labels: { dog: spots(2) } }));
  expect(fixAll(theirs, 'label-variant', context())).toEqual([]);
});

test('a dismissed finding holds nothing back, another of the same rule does', () => {
  const doc = written({ captions: ['Three dogs.', 'Four dogs.'], labels: { dog: spots(2) } });
  const findings = lintDoc(doc, context());
  const held = (dismissals: Parameters<typeof settle>[1]) => holding(settle(findings, dismissals).open, 'submit', context()).map(({ subjectId }) => subjectId);
  const [first, second] = doc.caption.map(({ id }) => id) as [string, string];
  expect(held([])).toEqual([first, second]);
  expect(held([{ code: 'count-contradicts-points', subjectId: first }])).toEqual([second]);
  const rules = { 'count-contradicts-points': { blocks: 'never' as const } };
  expect(holding(findings, 'submit', context({ settings: { ...defaultLintSettings, rules } }))).toEqual([]);
});

test('a rule that is switched off finds nothing, and those that are off by themselves find nothing until they are switched on', () => {
  const doc = written({ captions: ['A dog.\nA cat.'], labels: { dog: [[1, 2], [1, 2]] } }); // prettier-ignore
  const found = (rules: LintSettings['rules']) => lintDoc(doc, context({ settings: { ...defaultLintSettings, rules } })).map(({ code }) => code);
  expect(found({})).toEqual(expect.arrayContaining(['point-twice']));
  expect(found({})).not.toContain('caption-line-break');
  expect(found({ 'point-twice': { on: false }, 'caption-line-break': { on: true } })).not.toContain('point-twice');
  expect(found({ 'caption-line-break': { on: true } })).toContain('caption-line-break');
});

test('whatever people do, every rule answers, twice the same, about rows that are there, and fixes fit', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 40 }), (actions) => {
      const doc = actions.reduce((now, action) => applyOps(now, opsOf(now, action)).doc, startDoc());
      const known = context({ settings: all, languages: ['en'], yesShare: 0.9 });
      const findings = lintDoc(doc, known);
      expect(lintDoc(structuredClone(doc), known)).toEqual(findings);
      const ids = new Set([...doc.status, ...doc.caption, ...doc.turn, ...doc.pointSet].map(({ id }) => id));
      for (const { code, subjectId } of findings) {
        expect(ids.has(subjectId)).toBe(true);
        expect(applyOps(doc, fixAll(doc, code, known)).conflicts).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

test('an empty document is without findings', () => {
  expect(lintDoc(emptyDoc(newId()), context({ settings: all }))).toEqual([]);
});
