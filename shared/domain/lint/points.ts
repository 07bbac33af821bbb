/** Rules about labels and their points. Points outside 0 to 100 or without a number can't be stored at all, so that no rule asks for them. */
import { labelForm } from '../../text/label-form.ts';
import { editPointSet, removePoints, removePointSet } from '../authoring.ts';
import type { Doc } from '../model.ts';
import type { Op } from '../ops.ts';
import { distancePct } from '../proposal.ts';
import type { LintContext, LintFinding, LintRule } from './rule.ts';
import { about, type PointedLabel, pointedLabels } from './texts.ts';

/** Points of one label that Molmo's training keeps; longer answers are dropped there. */
export const MOLMO_MAX_POINTS = 40;
/** A double quote, angle bracket or line break: Molmo pastes labels into its tags as they are. */
const TAG_BREAKING = /["<>\r\n\u2028\u2029]/;
const isPointed = (set: PointedLabel): boolean => set.presence === 'present' && set.points.length > 0;

/** Pairs of labels, the older one first, that pass the test. */
function pairs(doc: Doc, test: (older: PointedLabel, newer: PointedLabel) => boolean): [PointedLabel, PointedLabel][] {
  const sets = pointedLabels(doc);
  return sets.flatMap((newer, at) => {
    const older = sets.slice(0, at).find((one) => test(one, newer));
    return older ? [[older, newer] as [PointedLabel, PointedLabel]] : [];
  });
}

/** Puts the points of one label into another and takes the empty label away. Both must say the same of the image and be by one person. */
function join(doc: Doc, fromId: string, intoId: string | undefined): Op[] {
  const sets = pointedLabels(doc);
  const from = sets.find((set) => set.id === fromId);
  const into = sets.find((set) => set.id === intoId);
  if (!from || !into || from.authorId !== into.authorId || from.presence !== into.presence) return [];
  const moved = from.points.map((point): Op => ({ op: 'set', kind: 'point', id: point.id, before: { setId: from.id }, after: { setId: into.id } }));
  const row = doc.pointSet.find((set) => set.id === fromId)!;
  return [...moved, { op: 'remove', kind: 'pointSet', row }];
}

function equalPoints(set: PointedLabel): string[] {
  const seen = new Set<string>();
  return set.points.flatMap(({ id, xPct, yPct }) => {
    const place = `${xPct} ${yPct}`;
    if (seen.has(place)) return [id];
    seen.add(place);
    return [];
  });
}

/** Pairs of different places that are closer than the radius; looked for in cells of its size, so that 10,000 points take milliseconds. */
function closePoints(set: PointedLabel, image: LintContext['image'], radiusPct: number): number {
  if (radiusPct <= 0 || set.points.length < 2) return 0;
  const diagonal = Math.hypot(image.widthPx, image.heightPx);
  const side = (radiusPct / 100) * diagonal;
  const cells = new Map<string, PointedLabel['points'][number][]>();
  let close = 0;
  for (const point of set.points) {
    const column = Math.floor(((point.xPct / 100) * image.widthPx) / side);
    const row = Math.floor(((point.yPct / 100) * image.heightPx) / side);
    const near: PointedLabel['points'][number][] = [];
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) near.push(...(cells.get(`${column + dx} ${row + dy}`) ?? []));
    if (near.some((other) => (other.xPct !== point.xPct || other.yPct !== point.yPct) && distancePct(image, other, point) < radiusPct)) close++;
    const own = cells.get(`${column} ${row}`);
    if (own) own.push(point);
    else cells.set(`${column} ${row}`, [point]);
  }
  return close;
}

const perLabel = (doc: Doc, find: (set: PointedLabel) => LintFinding | null): LintFinding[] =>
  pointedLabels(doc)
    .map(find)
    .filter((finding) => finding !== null);

export const pointRules: readonly LintRule[] = [
  {
    code: 'point-twice',
    group: 'points',
    severity: 'error',
    blocks: 'submit',
    check: (doc) =>
      perLabel(doc, (set) => {
        const count = equalPoints(set).length;
        return count > 0 ? about('point-twice', set, { label: set.label, count }) : null;
      }),
    fix: (doc, { subjectId }) => {
      const set = pointedLabels(doc).find((one) => one.id === subjectId);
      return set ? removePoints(doc, equalPoints(set)) : [];
    },
  },
  {
    code: 'points-near',
    group: 'points',
    severity: 'hint',
    blocks: 'never',
    check: (doc, { image, settings }) =>
      perLabel(doc, (set) => {
        const count = closePoints(set, image, settings.nearPct);
        return count > 0 ? about('points-near', set, { label: set.label, count }) : null;
      }),
  },
  {
    code: 'points-many',
    group: 'points',
    severity: 'hint',
    blocks: 'never',
    check: (doc) =>
      perLabel(doc, (set) =>
        set.method === 'pointing' && set.points.length > MOLMO_MAX_POINTS
          ? about('points-many', set, { label: set.label, count: set.points.length, most: MOLMO_MAX_POINTS })
          : null,
      ),
  },
  {
    code: 'label-empty',
    group: 'points',
    severity: 'error',
    blocks: 'submit',
    check: (doc) => perLabel(doc, (set) => (set.label.trim() === '' ? about('label-empty', set, { count: set.points.length }) : null)),
    // One that has points is work that needs a name, and only a person knows it.
    fix: (doc, { subjectId }) => {
      const set = pointedLabels(doc).find((one) => one.id === subjectId);
      return set && set.points.length === 0 ? removePointSet(doc, subjectId) : [];
    },
  },
  {
    code: 'label-unsafe',
    group: 'points',
    severity: 'warning',
    blocks: 'never',
    check: (doc) => doc.pointSet.filter((set) => TAG_BREAKING.test(set.label)).map((set) => about('label-unsafe', set, { label: set.label })),
    fix: (doc, { subjectId }) => {
      const set = doc.pointSet.find((one) => one.id === subjectId);
      if (!set) return [];
      const label = set.label.replace(/"/g, '”').replace(/[<>]/g, ' ').replace(/\s+/g, ' ').trim();
      return label === '' || label === '”' ? [] : editPointSet(doc, subjectId, { label });
    },
  },
  {
    code: 'label-untrimmed',
    group: 'points',
    severity: 'hint',
    blocks: 'never',
    check: (doc) =>
      doc.pointSet.filter(({ label }) => label.trim() !== '' && /^\s|\s$|\s\s/.test(label)).map((set) => about('label-untrimmed', set, { label: set.label })),
    fix: (doc, { subjectId }) => {
      const set = doc.pointSet.find((one) => one.id === subjectId);
      return set ? editPointSet(doc, subjectId, { label: set.label.trim().replace(/\s+/g, ' ') }) : [];
    },
  },
  {
    code: 'label-variant',
    group: 'points',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      pairs(doc, (a, b) => a.label !== b.label && a.label.trim() !== '' && labelForm(a.label) === labelForm(b.label)).map(([older, newer]) =>
        about('label-variant', newer, { label: newer.label, other: older.label }, older.id),
      ),
    fix: (doc, { subjectId, otherId }) => join(doc, subjectId, otherId),
  },
  {
    code: 'label-repeated',
    group: 'points',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      pairs(doc, (a, b) => a.label === b.label && a.authorId === b.authorId && a.method === b.method && a.presence === b.presence).map(([older, newer]) =>
        about('label-repeated', newer, { label: newer.label }, older.id),
      ),
    fix: (doc, { subjectId, otherId }) => join(doc, subjectId, otherId),
  },
  {
    code: 'label-both-methods',
    group: 'points',
    severity: 'warning',
    blocks: 'never',
    check: (doc) =>
      pairs(doc, (a, b) => a.method !== b.method && a.authorId === b.authorId && a.label !== '' && labelForm(a.label) === labelForm(b.label)).map(
        ([older, newer]) => about('label-both-methods', newer, { label: newer.label }, older.id),
      ),
  },
  {
    code: 'absent-with-points',
    group: 'points',
    severity: 'error',
    blocks: 'submit',
    check: (doc) =>
      perLabel(doc, (set) =>
        set.presence === 'absent' && set.points.length > 0 ? about('absent-with-points', set, { label: set.label, count: set.points.length }) : null,
      ),
  },
  {
    code: 'absent-contested',
    group: 'points',
    severity: 'warning',
    blocks: 'never',
    check: (doc) => {
      const sets = pointedLabels(doc);
      if (!sets.some((set) => set.presence === 'absent')) return [];
      return perLabel(doc, (set) => {
        if (set.presence !== 'absent' || set.label.trim() === '') return null;
        const other = sets.find((one) => isPointed(one) && one.authorId !== set.authorId && labelForm(one.label) === labelForm(set.label));
        return other ? about('absent-contested', set, { label: set.label, count: other.points.length }, other.id) : null;
      });
    },
  },
];
