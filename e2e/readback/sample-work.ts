/** The work that the read-back lane exports, as plain data: what must be found in the files is known without any of our mappers. */
export interface SampleSet {
  readonly label: string;
  /** As placed, in percent; empty with `absent`. */
  readonly points: readonly (readonly [number, number])[];
  readonly method: 'pointing' | 'counting';
  readonly absent?: boolean;
}
export interface SampleImage {
  readonly file: string;
  readonly captions: readonly string[];
  readonly sets: readonly SampleSet[];
  /** Conversations, each a list of questions with their answers. */
  readonly threads: readonly (readonly (readonly [string, string])[])[];
  /** A question with an answer that points: words, and phrases with the points that stand there. */
  readonly explained: readonly {
    readonly question: string;
    readonly parts: readonly (string | { readonly phrase: string; readonly points: readonly (readonly [number, number])[] })[];
  }[];
  /** Drafts of a language model for the first question: what it said, what was wrong with it. */
  readonly rejected: readonly { readonly text: string; readonly complaint: string }[];
}

/** Work that differs from image to image: none, one or two captions, labels of every kind, coordinates that don't end in binary. */
export function sampleWork(file: string, n: number): SampleImage {
  const spread = (count: number): [number, number][] => Array.from({ length: count }, (_, i) => [(i * 37.123456789) % 100, (i * i * 11.7 + n) % 100]);
  const sets: SampleSet[] = [
    { label: `thing ${n}`, points: spread(1 + (n % 7)), method: 'pointing' },
    { label: 'unicorn', points: [], method: 'pointing', absent: true },
  ];
  if (n % 3 === 0) sets.push({ label: '硬貨 🪙', points: spread(24 + n), method: 'counting' });
  if (n % 4 === 1) sets.push({ label: 'the "big" <one>', points: [[0, 100]], method: 'counting' });
  if (n % 5 === 2)
    sets.push({
      label: 'corner',
      points: [
        [100, 0],
        [0, 0],
        [99.95, 0.05],
        [50.05, 12.25],
      ],
      method: 'pointing',
    });
  const captions = [
    `A photo, number ${n}.\nIt has "quotes", tabs\tand a long tail: ${'very '.repeat(n * 20)}long.`,
    `${n}枚目の写真。犬が二匹います。🐕👩‍👩‍👧`,
  ].slice(0, n % 4 === 3 ? 0 : 1 + (n % 2));
  const threads: [string, string][][] =
    n % 2 === 0
      ? [
          [
            [`What is in photo ${n}?`, 'Something.'],
            ['そして？', 'もう一つ。'],
          ],
          [['How many?', String(n)]],
        ]
      : [];
  const explained =
    n % 3 === 1
      ? [
          {
            question: `Where is it in ${n}?`,
            parts: ['It is ', { phrase: 'here', points: spread(1 + (n % 4)) }, ', beside ', { phrase: '右の犬', points: [[99.95, 12.25 + n] as const] }, '.'],
          },
        ]
      : [];
  const rejected = n % 4 === 0 ? [{ text: `A draft of ${n}. 犬`, complaint: 'Not that.' }] : [];
  return { file, captions, sets, threads, explained, rejected };
}
