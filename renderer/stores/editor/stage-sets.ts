/** A document's points for the canvas: the screen where they are made and the film of how they were made draw them alike. */
import type { Doc } from '../../../shared/domain/model.ts';
import { isInline, labelSets, markNumbers } from '../../../shared/domain/point-mark.ts';
import type { StagePoint, StageSet } from '../../canvas/stage-api.ts';
import { inlineStyle, labelStyle } from '../../ui/label-style.ts';
import { pointsBySet } from './points-by-set.ts';

const noPoints: readonly StagePoint[] = [];
/** The labels as the canvas draws them, then the points in answers. */
export function stageSets(doc: Doc): StageSet[] {
  const points = pointsBySet(doc.point);
  const labels = labelSets(doc).map((set, index): StageSet => ({ id: set.id, ...labelStyle(index), points: points.get(set.id) ?? noPoints }));
  // Points in answers wear the number of their chip, all of one look: they are told apart by the sentence, not by a label.
  const inline = doc.pointSet.filter(isInline);
  const numbers = inline.length > 0 ? markNumbers(doc) : null;
  return [
    ...labels,
    ...inline.map((set): StageSet => ({ id: set.id, ...inlineStyle, number: numbers!.get(set.id) ?? 0, points: points.get(set.id) ?? noPoints })),
  ];
}
