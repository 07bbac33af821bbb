import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addCaption, addThread, setText } from '../../../../shared/domain/authoring.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import type { Op } from '../../../../shared/domain/ops.ts';
import { createEdits } from '../../edits.ts';
import { releaseByName } from '../../releases.ts';
import { addImageRow, tempProject, type TempProject } from '../../testing/temp-project.ts';
import { choose, compareResults, createComparison, nextFor, undoChoice } from './compare.ts';
import { listComparisons, listSources } from './store.ts';
import { compareTable } from './table.ts';
import { importModelTexts, takeWork } from './take-texts.ts';
import { uniteComparisons } from './unite.ts';

let project: TempProject;
let images: string[];
beforeEach(() => {
  project = tempProject();
  images = ['dogs/one.jpg', 'dogs/two.jpg', 'cats/two.jpg', 'four.jpg'].map((name) => addImageRow(project.db, name));
});
afterEach(() => project.remove());
const me = () => project.me.userId;
const file = (name: string, text: string | Buffer) => {
  const place = path.join(project.folder, name);
  writeFileSync(place, text);
  return place;
};
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const take = (name: string, text: string | Buffer, kind: 'caption' | 'answer' = 'caption') => importModelTexts(project.db, me(), file(name, text), kind);
const shaOf = (id: string) => project.db.prepare('SELECT sha256 FROM image WHERE id = ?').pluck().get(id) as string;
function save(imageId: string, ops: readonly Op[]) {
  const edits = createEdits({ db: project.db, me: project.me, notify: () => {} });
  edits.apply({ eventId: newId(), imageId, baseRev: edits.load(imageId).rev, groupId: newId(), ops: [...ops] }, 'w');
}
/** Two models over all four images. */
async function twoModels(repeatEvery = 0, seed = 3) {
  const texts = (model: string) => lines(images.map((id, index) => ({ sha256: shaOf(id), text: `${model} says ${index}` })));
  const sources = [...(await take('alpha.jsonl', texts('alpha'))).sources, ...(await take('beta.jsonl', texts('beta'))).sources];
  const ids = sources.map(({ id }) => id);
  const { comparisonId } = createComparison(project.db, me(), { name: 'Two models', kind: 'caption', sourceIds: ids, seed, repeatEvery });
  return { comparisonId, ids };
}

test('texts of models find their images by hash, id, name or a file name that is one image’s alone, and stay out of people’s work', async () => {
  const taken = await take(
    'model.jsonl',
    lines([
      { sha256: shaOf(images[0]!), text: 'by hash' },
      { image_id: images[1], caption: 'by id' },
      { image: 'cats/two.jpg', output: 'by name' },
      { file_name: '/elsewhere/four.jpg', prediction: 'by file name' },
      { image: 'two.jpg', text: 'two images have that name' },
      { image: 'nobody.jpg', text: 'unknown' },
      { image: 'four.jpg', text: 'again' },
      { image: 'four.jpg', text: '   ' },
      ['not', 'an', 'object'],
    ]),
  );
  expect(taken).toMatchObject({
    texts: 4,
    unknown: 2,
    twice: 1,
    unreadable: 2,
    sources: [{ name: 'model', origin: 'model', detail: 'model.jsonl', texts: 4 }],
  });
  expect(taken.sources[0]!.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(project.db.prepare('SELECT (SELECT count(*) FROM caption) + (SELECT count(*) FROM event)').pluck().get()).toBe(0);
});

test('a CSV may hold several models, and answers need their question', async () => {
  const csv = 'image,model,question,answer\nfour.jpg,a,"How  many, dogs?",two\nfour.jpg,b,"How many, dogs?",three\nfour.jpg,b,,no question\n';
  expect(await take('answers.csv', csv, 'answer')).toMatchObject({ texts: 2, unreadable: 1, sources: [{ name: 'a' }, { name: 'b' }] });
  expect(project.db.prepare('SELECT DISTINCT question FROM compare_text').pluck().all()).toEqual(['How many, dogs?']);
});

test('a file that is no list of texts is refused in a sentence and leaves nothing behind', async () => {
  const hostile = {
    'empty.jsonl': '',
    'binary.csv': Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 37) % 256)),
    'broken.jsonl': '{"image": "four.jpg", "text": "x"\n{{{{',
    'long.jsonl': `{"image": "four.jpg", "text": "${'x'.repeat(1_200_000)}"}\n`,
    'proto.jsonl': '{"__proto__": {"image": "four.jpg"}, "text": "x"}\n{"constructor": 1}\n',
    'quotes.csv': 'image,text\nfour.jpg,"never closed\n',
  };
  for (const [name, text] of Object.entries(hostile)) await expect(take(name, text), name).rejects.toMatchObject({ details: { key: 'compare-file' } });
  await expect(importModelTexts(project.db, me(), path.join(project.folder, 'nowhere.csv'), 'caption')).rejects.toMatchObject({
    details: { key: 'compare-file' },
  });
  expect(listSources(project.db)).toEqual([]);
});

test('control characters, halves of letters and marks of points never get in', async () => {
  await take('odd.jsonl', `{"image":"four.jpg","text":"a\\u0000b \\ud800 <@${newId()}> c"}\n`);
  expect(project.db.prepare('SELECT text FROM compare_text').pluck().get()).toBe('ab \ufffd  c');
});

test('who compares sees two texts and nothing of where they are from; choices, undo and results follow', async () => {
  const { comparisonId, ids } = await twoModels();
  for (let turn = 0; turn < 3; turn++) {
    const { pair, mine } = nextFor(project.db, comparisonId, me());
    expect(mine).toBe(turn);
    expect(JSON.stringify({ ...pair, left: '', right: '' })).not.toMatch(new RegExp(`${ids.join('|')}|alpha|beta`));
    const outcome = pair!.left.startsWith('alpha') ? 'left' : 'right';
    expect(choose(project.db, me(), { comparisonId, token: pair!.token, outcome, reason: turn === 0 ? 'better' : null }).status).toBe('chosen');
    expect(choose(project.db, me(), { comparisonId, token: pair!.token, outcome, reason: null }).status).toBe('stale');
  }
  expect(undoChoice(project.db, comparisonId, me())).toEqual({ undone: true });
  expect(undoChoice(project.db, comparisonId, newId())).toEqual({ undone: false });
  expect(listComparisons(project.db, me())).toMatchObject([{ choices: 2, mine: 2 }]);
  const { groups } = compareResults(project.db, comparisonId);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({
    heldBack: true,
    ratings: [
      { id: ids[0], won: 2, lost: 0 },
      { id: ids[1], won: 0, lost: 2 },
    ],
  });
});

test('choices go out as a table, as rows with their texts, and as preference pairs without ties', async () => {
  const { comparisonId } = await twoModels();
  for (const outcome of ['left', 'tie', 'right', 'bad'] as const)
    choose(project.db, me(), { comparisonId, token: nextFor(project.db, comparisonId, me()).pair!.token, outcome, reason: null });
  expect(nextFor(project.db, comparisonId, me()).pair).toBeNull();
  expect(compareTable(project.db, comparisonId, 'csv').text.split('\r\n')).toHaveLength(6);
  const rows = compareTable(project.db, comparisonId, 'jsonl')
    .text.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  const pairs = compareTable(project.db, comparisonId, 'preferences');
  expect(pairs.rows).toBe(2);
  const first = JSON.parse(pairs.text.split('\n')[0]!) as { chosen: { content: { text: string }[] }[]; rejected: { content: { text: string }[] }[] };
  expect(first.chosen[0]!.content[0]!.text).toBe(rows[0]!['left_text']);
  expect(first.rejected[0]!.content[0]!.text).toBe(rows[0]!['right_text']);
});

test('what a person wrote is kept as it was when it was taken in; same texts are no pair', async () => {
  save(images[0]!, [...addCaption(me(), 'a dog'), ...addThread(me(), 'How many?', 'One.')]);
  const { sources } = await takeWork(project.db, me(), 'caption', { personId: me() });
  const edits = createEdits({ db: project.db, me: project.me, notify: () => {} });
  const { doc } = edits.load(images[0]!);
  save(images[0]!, setText(doc, 'caption', doc.caption[0]!.id, 'a big dog'));
  expect(project.db.prepare('SELECT text FROM compare_text').pluck().get()).toBe('a dog');
  const same = await take('same.jsonl', lines([{ sha256: shaOf(images[0]!), text: 'a  dog' }]));
  const wish = { name: 'x', kind: 'caption' as const, sourceIds: [...sources, ...same.sources].map(({ id }) => id), seed: 1, repeatEvery: 0 };
  expect(() => createComparison(project.db, me(), wish)).toThrow(/no image has two/);
  expect((await takeWork(project.db, me(), 'answer', { personId: me() })).texts).toBe(1);
  await expect(takeWork(project.db, newId(), 'caption', { personId: newId() })).rejects.toMatchObject({ details: { key: 'compare-nothing' } });
  expect(() => releaseByName(project.db, 'none')).toThrow();
});

test('a choice is never changed or deleted', async () => {
  const { comparisonId } = await twoModels();
  choose(project.db, me(), { comparisonId, token: nextFor(project.db, comparisonId, me()).pair!.token, outcome: 'tie', reason: null });
  expect(() => project.db.prepare("UPDATE compare_choice SET outcome = 'left'").run()).toThrow(/append-only/);
  expect(() => project.db.prepare('DELETE FROM compare_choice').run()).toThrow(/append-only/);
});

test('choices of two copies are united, whichever is merged into which, and merging again changes nothing', async () => {
  const { comparisonId } = await twoModels();
  const decide = (outcome: 'left' | 'tie') =>
    choose(project.db, me(), { comparisonId, token: nextFor(project.db, comparisonId, me()).pair!.token, outcome, reason: null });
  decide('left');
  const other = tempProject();
  try {
    await uniteComparisons(other.db, project.db);
    decide('tie');
    undoChoice(project.db, comparisonId, me());
    for (let time = 0; time < 2; time++) await uniteComparisons(other.db, project.db);
    for (const table of ['compare_source', 'compare_text', 'comparison', 'compare_choice']) {
      const rows = (db: TempProject['db']) => db.prepare(`SELECT * FROM ${table}`).all();
      expect(rows(other.db)).toEqual(rows(project.db));
    }
    expect(listComparisons(other.db, me())).toMatchObject([{ choices: 1, mine: 1 }]);
  } finally {
    other.remove();
  }
});
