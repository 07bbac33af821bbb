/** Three people's work on copies of one project, made by a script with a seed: mostly apart, with conflicts planted that are known by name. For tests and benches. */
import * as authoring from '../../../shared/domain/authoring.ts';
import type { EditEvent } from '../../../shared/domain/events.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { emptyDoc } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { type Copy, copyOf, edit, takeBack } from '../../../shared/testing/copies.ts';

export interface PlantedImage {
  readonly imageId: string;
  /** What all three copies have in common. */
  readonly common: readonly EditEvent[];
  /** The whole log of each copy. */
  readonly copies: readonly (readonly EditEvent[])[];
  /** `kind id field` of each conflict that was planted. */
  readonly planted: readonly string[];
}
export interface PlantedWork {
  readonly people: readonly string[];
  readonly images: readonly PlantedImage[];
  /** Ops that were made apart. */
  readonly ops: number;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ['red', 'dog', 'two', 'sits', 'on', 'the', 'bench', '犬', 'near', 'a', 'tree', 'small', 'wooden', '🐕'];

interface Base {
  readonly caption: string;
  readonly set: string;
  readonly points: readonly string[];
}

/** A lead's caption, label and points: what the three copies start from. */
function commonWork(imageId: string, lead: string): { copy: Copy; base: Base } {
  const copy = copyOf([], emptyDoc(imageId), imageId, lead);
  const base: Base = { caption: newId(), set: newId(), points: [newId(), newId(), newId(), newId()] };
  edit(copy, [
    ...authoring.addCaption(lead, 'a dog on a bench', base.caption),
    ...authoring.addPointSet(lead, 'dog', 'present', base.set),
    ...base.points.map((id, n): Op => ({ op: 'add', kind: 'point', row: { id, setId: base.set, xPct: 10 * n, yPct: 5 } })),
  ]);
  return { copy, base };
}

/** Something that two or three of the copies want differently; returns what the conflict is called. */
function plant(copies: readonly Copy[], { caption, set, points }: Base, which: number, random: () => number): string {
  const [a, b, c] = copies as [Copy, Copy, Copy];
  const typed = (copy: Copy, text: string) => {
    for (let end = 1; end <= 3; end++)
      edit(copy, authoring.setText(copy.doc, 'caption', caption, `a dog on a bench ${text.slice(0, Math.ceil((text.length * end) / 3))}`));
  };
  if (which === 0) {
    typed(a, 'in the sun');
    typed(b, 'under a tree');
    return `caption ${caption} text`;
  }
  if (which === 1) {
    for (const [n, copy] of copies.entries()) typed(copy, ['by the sea', 'in the rain', 'at night'][n]!);
    return `caption ${caption} text`;
  }
  if (which === 2) {
    edit(b, authoring.movePoint(b.doc, points[0]!, 50 + 10 * random(), 50));
    edit(c, authoring.movePoint(c.doc, points[0]!, 70 + 10 * random(), 50));
    return `point ${points[0]} position`;
  }
  if (which === 3) {
    edit(a, authoring.editPointSet(a.doc, set, { label: 'dogs' }));
    edit(c, authoring.editPointSet(c.doc, set, { label: 'brown dog' }));
    return `pointSet ${set} label`;
  }
  edit(c, authoring.removePointSet(c.doc, set));
  edit(a, authoring.addPoint(a.doc, set, 90, 90));
  edit(a, authoring.movePoint(a.doc, points[1]!, 33, 33));
  return `pointSet ${set} null`;
}

/** What nobody else touches: rows of one's own, and what the lead wrote where it is this person's turn. Equal edits by all of them too. */
function workApart(copies: readonly Copy[], base: Base, turn: number, isPlanted: boolean, random: () => number, ops: number): void {
  const text = () => Array.from({ length: 3 + Math.floor(random() * 6) }, () => WORDS[Math.floor(random() * WORDS.length)]!).join(' ');
  const own = copies.map(() => ({ caption: newId(), set: newId(), last: [] as EditEvent[] }));
  for (const [n, copy] of copies.entries()) {
    const { caption, set } = own[n]!;
    edit(copy, authoring.asDraft(copy.doc, authoring.addCaption(copy.device, text(), caption)));
    edit(copy, authoring.addPointSet(copy.device, WORDS[n]!, 'present', set));
  }
  if (!isPlanted) {
    const one = copies[turn % 3]!;
    edit(one, authoring.setText(one.doc, 'caption', base.caption, text()));
    edit(copies[(turn + 1) % 3]!, authoring.movePoint(one.doc, base.points[2]!, 40, 41));
    for (const copy of copies) edit(copy, authoring.movePoint(copy.doc, base.points[3]!, 77, 77));
  }
  for (let done = 0; done < ops; done++) {
    const n = Math.floor(random() * 3);
    const copy = copies[n]!;
    const { caption, set, last } = own[n]!;
    const what = random();
    if (what < 0.35) last.push(edit(copy, authoring.addPoint(copy.doc, set, 100 * random(), 100 * random()))!);
    else if (what < 0.7) edit(copy, authoring.setText(copy.doc, 'caption', caption, `${copy.doc.caption.find((row) => row.id === caption)!.text} ${text()}`));
    else if (what < 0.8 && last.length > 0) takeBack(copy, last.pop()!);
    else if (what < 0.9) edit(copy, authoring.addThread(copy.device, text(), text()));
    else edit(copy, authoring.setState(copy.doc, what < 0.95 ? 'submitted' : 'draft'));
  }
}

/** `images` images, on every tenth a planted conflict, and about `opsEach` ops made apart on each. */
export function plantedWork(
  seed: number,
  images: number,
  opsEach: number,
  imageIds: readonly string[] = Array.from({ length: images }, () => newId()),
): PlantedWork {
  const random = seeded(seed);
  const lead = newId();
  const people = [newId(), newId(), newId()];
  const made = imageIds.map((imageId, turn): PlantedImage => {
    const { copy, base } = commonWork(imageId, lead);
    const copies = people.map((person) => copyOf(copy.events, copy.doc, imageId, person));
    const isPlanted = turn % 10 === 3;
    const planted = isPlanted ? [plant(copies, base, Math.floor(turn / 10) % 5, random)] : [];
    workApart(copies, base, turn, isPlanted, random, opsEach);
    return { imageId, common: copy.events, copies: copies.map((each) => each.events), planted };
  });
  const opsOf = (events: readonly EditEvent[]) => events.reduce((sum, event) => sum + event.ops.length, 0);
  const ops = made.reduce((sum, { common, copies }) => sum + copies.reduce((all, events) => all + opsOf(events) - opsOf(common), 0), 0);
  return { people: [lead, ...people], images: made, ops };
}
