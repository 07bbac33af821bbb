import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as authoring from '../../domain/authoring.ts';
import type { Draft } from '../../domain/draft.ts';
import type { ImageRecord } from '../../domain/image.ts';
import type { Doc } from '../../domain/model.ts';
import { applyOps, type Op } from '../../domain/ops.ts';
import { readableAnswer } from '../../domain/point-mark.ts';
import { AUTHOR_ID, actionArbitrary, opsOf, startDoc } from '../../testing/random-work.ts';
import { noImage } from '../format.ts';
import { molmoFolders } from './molmo.ts';
import { pixmoParquet } from './pixmo.ts';
import { PLACEHOLDER, pointedAnswersOf, preferencesOf } from '../work.ts';

const image = { id: '01890000-0000-7000-8000-000000000001', name: 'a.jpg', sha256: 'ab'.repeat(32), widthPx: 4, heightPx: 4 } as ImageRecord;
const apply = (doc: Doc, ...makes: ((doc: Doc) => readonly Op[])[]): Doc => makes.reduce((now, make) => applyOps(now, make(now)).doc, doc);
const answerOf = (doc: Doc) => doc.turn.find((turn) => turn.role === 'answer')!;

/** "The dog looks at the cat." with two points at the dog and one at the cat. */
function pointed(): Doc {
  let doc = apply(startDoc(), () => authoring.addThread(AUTHOR_ID, 'What does it look at?', 'The dog looks at the cat.'));
  doc = apply(doc, (now) => authoring.addMark(now, AUTHOR_ID, answerOf(now).id, 21, 'cat', undefined, 24));
  doc = apply(doc, (now) => authoring.addMark(now, AUTHOR_ID, answerOf(now).id, 4, 'dog', undefined, 7));
  const [cat, dog] = doc.pointSet;
  return apply(
    doc,
    (now) => authoring.addPoint(now, cat!.id, 80.04, 20),
    (now) => authoring.addPoint(now, dog!.id, 50, 40),
    (now) => authoring.addPoint(now, dog!.id, 12.345678, 60),
  );
}

test('an answer with points is its phrases for people, and placeholders with groups of points for Molmo', () => {
  const doc = pointed();
  expect(readableAnswer(doc, answerOf(doc))).toBe('The dog looks at the cat.');
  const { rows, findings } = pixmoParquet.map({ image, doc }, noImage, 'train');
  expect(rows['ask-model-anything']).toMatchObject([{ question: 'What does it look at?', answer: 'The dog looks at the cat.' }]);
  expect(rows['point-explanations']).toMatchObject([
    {
      question: 'What does it look at?',
      response: 'The <points x1="12.3" y1="60.0" x2="50.0" y2="40.0" alt="dog">dog</points> looks at the <point x="80.0" y="20.0" alt="cat">cat</point>.',
      parsed_response: 'The <|POINT|> looks at the <|POINT|>.',
      alt_text: ['dog', 'cat'],
      inline_text: ['dog', 'cat'],
      points: [
        [
          [12.345678, 60],
          [50, 40],
        ],
        [[80.04, 20]],
      ],
    },
  ]);
  expect(rows['points']).toEqual([]);
  expect(findings).toEqual([]);
  const molmo = molmoFolders.map(
    { image, doc },
    { value: { bytes: Uint8Array.of(1), path: 'x.jpg' }, sha256: 'cd'.repeat(32), widthPx: 4, heightPx: 4 },
    'train',
  );
  expect(molmo.rows['point-explanations']).toMatchObject([
    {
      image: 'torch_datasets/pixmo_images/x.jpg',
      question: ['What does it look at?'],
      alt_text: [['dog', 'cat']],
      points: [rows['point-explanations']![0]!['points']],
    },
  ]);
  expect(molmo.files).toEqual([{ path: 'torch_datasets/pixmo_images/x.jpg', bytes: Uint8Array.of(1) }]);
  expect([...molmo.rows['points-pointing']!, ...molmo.rows['points-counting']!]).toEqual([]);
});

test('a mark without points leaves the row out and says so; the readable answer stays', () => {
  const doc = pointed();
  const bare = apply(doc, (now) => authoring.removePoints(now, [now.point.find((point) => point.setId === now.pointSet[0]!.id)!.id]));
  const { rows, findings } = pixmoParquet.map({ image, doc: bare }, noImage, 'train');
  expect(rows['point-explanations']).toEqual([]);
  expect(rows['ask-model-anything']).toHaveLength(1);
  expect(findings).toEqual([{ reason: 'mark-without-points', detail: 'What does it look at?' }]);
});

test('a placeholder that somebody typed leaves the row out', () => {
  const doc = apply(pointed(), (now) => authoring.setAnswer(now, answerOf(now).id, `${answerOf(now).text} ${PLACEHOLDER}`));
  expect(pointedAnswersOf(doc)).toEqual({ items: [], findings: [{ reason: 'placeholder-in-text', detail: 'What does it look at?' }] });
});

test('text that loses a mark loses its points with it, and one undo brings both back', () => {
  const doc = pointed();
  const ops = authoring.setAnswer(doc, answerOf(doc).id, 'The cat.');
  const after = applyOps(doc, ops);
  expect(after.conflicts).toEqual([]);
  expect([after.doc.pointSet, after.doc.point, answerOf(after.doc).text]).toEqual([[], [], 'The cat.']);
});

test('there are always as many groups of points as placeholders, and no group is empty', () => {
  fc.assert(
    fc.property(fc.array(actionArbitrary, { maxLength: 60 }), (actions) => {
      const doc = actions.reduce((now, action) => applyOps(now, opsOf(now, action)).doc, pointed());
      for (const row of pixmoParquet.map({ image, doc }, noImage, 'train').rows['point-explanations']!) {
        const groups = row['points'] as number[][][];
        expect((row['parsed_response'] as string).split(PLACEHOLDER).length - 1).toBe(groups.length);
        expect(groups.every((group) => group.length > 0)).toBe(true);
        expect((row['inline_text'] as string[]).length).toBe(groups.length);
      }
    }),
  );
});

test('a draft that was not taken as it was is the rejected half of a pair, with what was said to be wrong', () => {
  const doc = apply(
    startDoc(),
    () => authoring.addThread(AUTHOR_ID, 'How many?', 'Two.'),
    (now) => authoring.addTurns(now.thread[0]!.id, 'Which way do they look?', 'To the left.'),
  );
  const question = doc.turn[2]!.id;
  const draft = (n: number, change: Partial<Draft>): Draft => ({
    id: `01890000-0000-7000-8000-00000000001${n}`,
    threadId: doc.thread[0]!.id,
    questionTurnId: question,
    model: 'm',
    endpoint: 'e',
    prompt: [],
    complaint: null,
    previousId: null,
    askedBy: AUTHOR_ID,
    askedAt: 0,
    settledAt: 0,
    text: '',
    verdict: 'rejected',
    ...change,
  });
  const first = draft(1, { text: 'To the right.' });
  const drafts = [
    first,
    draft(2, { text: 'To the left.', complaint: 'It is the other side.', previousId: first.id, verdict: 'accepted' }),
    draft(3, { text: 'Up.', verdict: 'open' }),
  ];
  expect(preferencesOf(doc, drafts)).toEqual([
    {
      question: 'Which way do they look?',
      context: ['How many?', 'Two.'],
      chosen: 'To the left.',
      rejected: 'To the right.',
      complaint: 'It is the other side.',
      model: 'm',
    },
  ]);
});
