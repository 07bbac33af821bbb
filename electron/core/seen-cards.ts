/** Cards of images as the acting person may see them: where they work blind, counts and state are of their own work. */
import type { ImageCard } from '../../shared/domain/image.ts';
import type { ImageState } from '../../shared/domain/model.ts';
import { blindImages } from './db/blind.ts';
import { imageNum } from './db/images.ts';
import { type Onlooker, refreshSeen, seenCard } from './db/seen.ts';
import type { Project } from './project.ts';
import { roleOf } from './rights.ts';

/** Who looks at lists, with what they see of their blind images brought up to date. Ask before each list: a filter reads what was brought up to date. */
export async function onlookerOf(project: Pick<Project, 'db' | 'me'>): Promise<Onlooker> {
  const role = roleOf(project);
  const { db } = project;
  const { userId } = project.me;
  if (role === 'lead' || role === 'reviewer' || blindImages(db, userId).size === 0) return null;
  await refreshSeen(db, userId);
  return userId;
}

/** The same cards, those of blind images told from what the onlooker sees. */
export function seenCards({ db }: Pick<Project, 'db'>, cards: readonly ImageCard[], onlooker: Onlooker): ImageCard[] {
  if (onlooker === null) return [...cards];
  return cards.map((card) => {
    const seen = seenCard(db, imageNum(db, card.id)!);
    if (!seen) return card;
    const { inPicture: _inPicture, ...rest } = card;
    const { state, captions, words, questions, points, editedAt } = seen;
    return {
      ...rest,
      state: state as ImageState,
      captionCount: captions,
      captionWords: words,
      questionCount: questions,
      pointCount: points,
      editedAt,
    };
  });
}
