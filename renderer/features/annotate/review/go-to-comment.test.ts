import { expect, test } from 'vitest';
import type { Comment } from '../../../../shared/domain/model.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { openPins } from './go-to-comment.ts';

test('a mark stands for each open thread, not for its answers nor for what is settled', () => {
  const comment = (rest: Partial<Comment>): Comment => ({
    id: newId(),
    authorId: newId(),
    createdAt: 1,
    text: 'x',
    targetKind: 'point',
    targetId: newId(),
    ...rest,
  });
  const [open, settled] = [comment({}), comment({ resolved: true })];
  expect(openPins([open, settled, comment({ replyTo: open.id })])).toEqual([open]);
});
