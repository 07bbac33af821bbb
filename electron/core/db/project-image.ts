/** Works an image out from its log and writes all that follows from it: what merging does after events came from elsewhere. */
import { changesBetween } from '../../../shared/domain/diff-docs.ts';
import { docAfter, headsOf } from '../../../shared/domain/events.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { loadDoc, writeConflicts } from './docs.ts';
import { eventsOfImage, writeHeads } from './events.ts';
import type { Db } from './open.ts';
import { writeProjection } from './projection.ts';

/** Call inside the transaction that added the events. Returns the document. */
export function projectImage(db: Db, imageNum: number, imageId: string): Doc {
  const before = loadDoc(db, imageNum);
  const events = eventsOfImage(db, imageNum);
  const doc = docAfter(imageId, events);
  const rev = events.reduce((most, event) => Math.max(most, event.rev), 0);
  const at = events.reduce((last, event) => Math.max(last, event.at), 0);
  writeProjection(db, imageNum, rev, at, doc, changesBetween(before, doc));
  writeConflicts(db, imageNum, doc.conflicts);
  writeHeads(db, imageNum, headsOf(events));
  return doc;
}
