/** What one place of the film shows and tells. */
import type { TFunction } from 'i18next';
import type { LoggedEvent } from '../../../shared/domain/events.ts';
import type { Film } from '../../../shared/domain/film.ts';
import type { Doc, Point } from '../../../shared/domain/model.ts';
import { deedsOfOps, type OpNames } from '../../../shared/domain/op-deeds.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { rowById } from '../../../shared/domain/row-ops.ts';
import { editSentence } from '../../ui/edit-sentence.ts';

export interface Scene {
  readonly position: number;
  readonly doc: Doc;
  /** The edit that was done last; undefined at the very beginning. */
  readonly event: LoggedEvent | undefined;
  /** Rows that it made or changed, and the labels whose points it did. */
  readonly touched: ReadonlySet<string>;
  /** Points that it took away: where they stood. */
  readonly gone: readonly Point[];
}

export function sceneAt(film: Film<LoggedEvent>, position: number): Scene {
  const event = film.events[position - 1];
  const ops = event?.ops ?? [];
  const doc = film.at(position);
  return {
    position,
    doc,
    event,
    touched: new Set(ops.flatMap((op) => touchedBy(op, doc))),
    gone: ops.flatMap((op) => (op.op === 'remove' && op.kind === 'point' ? [op.row] : [])),
  };
}

function touchedBy(op: Op, doc: Doc): string[] {
  if (op.op === 'settle') return [];
  const id = 'row' in op ? op.row.id : op.id;
  const own = op.op === 'remove' ? [] : [id];
  if (op.kind !== 'point') return own;
  const setId = 'row' in op ? op.row.setId : rowById(doc, 'point', id)?.setId;
  return setId === undefined ? own : [...own, setId];
}

/** What the edit did, without who did it. */
export function tellScene({ doc, event }: Scene, t: TFunction): string {
  if (!event) return t('film.beginning');
  const names: OpNames = {
    label: (id) => rowById(doc, 'pointSet', id)?.label ?? null,
    setOf: (id) => rowById(doc, 'point', id)?.setId ?? null,
    role: (id) => rowById(doc, 'turn', id)?.role ?? null,
  };
  return editSentence({ action: event.action, deeds: deedsOfOps(event.ops, names) }, t);
}
