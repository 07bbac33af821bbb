/** Cards of images as the acting person may see them: where they work blind, counts and state are of their own work. */
import type { ImageCard } from '../../shared/domain/image.ts';
import { statusOf } from '../../shared/domain/model.ts';
import { stateOf } from '../../shared/domain/review.ts';
import { visibleDoc } from '../../shared/domain/visible.ts';
import { blindImages } from './db/blind.ts';
import { loadDoc } from './db/docs.ts';
import { imageNum, type Onlooker } from './db/images.ts';
import { countsOf } from './db/projection.ts';
import type { Project } from './project.ts';
import { roleOf, viewFor } from './rights.ts';

/** Who looks at lists: a person who works blind on some images, else null. */
export function onlookerOf(project: Pick<Project, 'db' | 'me'>): Onlooker {
  const role = roleOf(project);
  if (role === 'lead' || role === 'reviewer') return null;
  return blindImages(project.db, project.me.userId).size > 0 ? project.me.userId : null;
}

/** The same cards, those of blind images told anew from what is seen. */
export function seenCards(project: Pick<Project, 'db' | 'me'>, cards: readonly ImageCard[]): ImageCard[] {
  const onlooker = onlookerOf(project);
  if (onlooker === null) return [...cards];
  const blind = blindImages(project.db, onlooker);
  return cards.map((card) => {
    const num = imageNum(project.db, card.id)!;
    if (!blind.has(num)) return card;
    const whole = loadDoc(project.db, num);
    const doc = visibleDoc(whole, viewFor(project, whole));
    const { captions, words, questions, points } = countsOf(doc);
    const { inPicture: _inPicture, ...rest } = card;
    return {
      ...rest,
      state: stateOf(doc),
      skipped: statusOf(doc).skipped ?? null,
      captionCount: captions,
      captionWords: words,
      questionCount: questions,
      pointCount: points,
    };
  });
}
