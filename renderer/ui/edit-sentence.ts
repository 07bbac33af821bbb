/** What an edit did in one sentence, in the person's language: for the history, the audit and the film. */
import type { TFunction } from 'i18next';
import { imageStates } from '../../shared/domain/model.ts';
import type { EditEvent } from '../../shared/domain/events.ts';
import type { Deed } from '../../shared/domain/op-deeds.ts';

/** More than this many deeds of one edit are summed up. */
const MOST = 3;

/** Without the name of who did it. */
export function editSentence({ deeds, action }: Pick<EditEvent, 'action'> & { readonly deeds: readonly Deed[] }, t: TFunction): string {
  const told = deeds.slice(0, MOST).map((deed) => deedText(deed, t));
  if (deeds.length > MOST) told.push(t('history.did.more', { count: deeds.length - MOST }));
  const what = told.join(t('history.and'));
  return action === 'edit' ? what : t(`history.${action}`, { what });
}

const OF_LABELS: readonly Deed['what'][] = ['label-changed', 'swept', 'absent', 'present', 'points-added', 'points-removed', 'points-moved'];

function deedText({ what, count, place, name }: Deed, t: TFunction): string {
  const state = imageStates.find((candidate) => candidate === name);
  const isState = what === 'state' || what === 'assignment-state';
  const shown = isState && state ? t(`annotate.state.${state}`) : name === '' && OF_LABELS.includes(what) ? t('history.lost-label') : name;
  return t(`history.did.${what}`, { count, place: place ? t(`history.place.${place}`) : '', name: shown });
}
