/** Writes what the records of an image say as one edit of it: what is there already is left alone. */
import { asDraft } from '../../../../shared/domain/authoring.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { type Doc, MAX_LABEL } from '../../../../shared/domain/model.ts';
import type { Op } from '../../../../shared/domain/ops.ts';
import { pointMark } from '../../../../shared/domain/point-mark.ts';
import type { Xy } from '../../../../shared/formats/columns.ts';
import {
  type ImageWork,
  mergeWork,
  missingWork,
  type SourcedWork,
  workOfDoc,
  type WorkLabel,
  type WorkTurn,
} from '../../../../shared/formats/imports/merge.ts';
import type { AnnotationFormat, ImportReason, Unit, XyPair } from '../../../../shared/formats/imports/record.ts';
import { type ImageSize, placePoint } from '../../../../shared/formats/imports/units.ts';
import { PLACEHOLDER } from '../../../../shared/formats/work.ts';
import type { Says } from './stage.ts';

type Tell = (reason: ImportReason, where: string, detail: string) => void;

/** Formats whose points come one by one and are one label by its name. */
export const combinesLabels = (format: AnnotationFormat): boolean => format === 'coco' || format === 'cvat';

/** What one record says, in percent of the upright image. `unit`: a format's own unit, or what was found or chosen for its file. */
export function workOfRecord(says: Says, source: number, combines: boolean, unit: (said: Unit | null) => Unit, image: ImageSize, tell: Tell): SourcedWork {
  const place = (points: readonly XyPair[], said: Unit | null, detail: string): Xy[] =>
    points.flatMap((point) => {
      const placed = placePoint(point, unit(said), says.size, image);
      if ('refused' in placed) {
        tell(placed.refused, says.where, `${detail}: ${point.map(String).join(', ')}`);
        return [];
      }
      if (placed.clamped) tell('point-clamped', says.where, `${detail}: ${point.map(String).join(', ')}`);
      if (placed.turned) tell('turned-with-photo', says.where, detail);
      return [{ x: placed.x, y: placed.y }];
    });
  const labels = says.labels.flatMap((label): WorkLabel[] => {
    const points = place(label.points, label.unit, label.label);
    // A label whose points could not be used is not one that is not there.
    if (points.length === 0 && label.points.length > 0) return [];
    return [{ label: label.label, method: label.method, points, exact: unit(label.unit) === 'percent' }];
  });
  const threads = says.threads.map((turns) =>
    turns.map((turn): WorkTurn => {
      const places = turn.places.map((one) => ({ phrase: one.phrase.slice(0, MAX_LABEL), points: place(one.points, one.unit, one.phrase) }));
      if (places.every((one) => one.points.length > 0)) return { question: turn.question, answer: turn.answer, places };
      // Without its points a place is its phrase.
      let next = 0;
      return { question: turn.question, answer: turn.answer.replaceAll(PLACEHOLDER, () => places[next++]?.phrase ?? ''), places: [] };
    }),
  );
  return { source, combines, captions: says.captions, threads, labels };
}

const add = (kind: string, row: object): Op => ({ op: 'add', kind, row }) as unknown as Op;
const points = (setId: string, list: readonly Xy[]): Op[] => list.map(({ x, y }) => add('point', { id: newId(), setId, xPct: x, yPct: y }));

function threadOps(turns: readonly WorkTurn[], authorId: string, createdAt: number): Op[] {
  const threadId = newId();
  const ops = [add('thread', { id: threadId, authorId, createdAt })];
  for (const { question, answer, places } of turns) {
    ops.push(add('turn', { id: newId(), threadId, role: 'question', text: question, createdAt }));
    const turnId = newId();
    const sets = places.map((place) => ({ id: newId(), ...place }));
    let next = 0;
    const text = sets.length === 0 ? answer : answer.replaceAll(PLACEHOLDER, () => (sets[next] ? pointMark(sets[next++]!.id) : ''));
    ops.push(add('turn', { id: turnId, threadId, role: 'answer', text, createdAt }));
    for (const set of sets) {
      ops.push(
        add('pointSet', { id: set.id, authorId, label: set.phrase, presence: 'present', method: 'pointing', createdAt, turnId }),
        ...points(set.id, set.points),
      );
    }
  }
  return ops;
}

/** The ops that add this work, as this person's. */
export function opsOfWork({ captions, threads, labels }: ImageWork, authorId: string, at: number): Op[] {
  return [
    ...captions.map((text) => add('caption', { id: newId(), authorId, text, createdAt: at })),
    ...threads.flatMap((turns) => threadOps(turns, authorId, at)),
    ...labels.flatMap(({ label, method, points: list }) => {
      const id = newId();
      return [add('pointSet', { id, authorId, label, presence: list.length > 0 ? 'present' : 'absent', method, createdAt: at }), ...points(id, list)];
    }),
  ];
}

export interface Planned {
  readonly ops: readonly Op[];
  readonly added: ImageWork;
  readonly known: number;
}
const size = ({ captions, threads, labels }: ImageWork) => captions.length + threads.length + labels.length;

/** What is to be done to this document for these parts. */
export function planEdit(doc: Doc, parts: readonly SourcedWork[], authorId: string, at: number): Planned {
  const wanted = mergeWork(parts);
  const added = missingWork(wanted, workOfDoc(doc));
  return { ops: asDraft(doc, opsOfWork(added, authorId, at), authorId), added, known: size(wanted) - size(added) };
}
