/** The keys of review on the annotate screen. */
import type { Doc } from '../../../../shared/domain/model.ts';
import { permits } from '../../../../shared/domain/permissions.ts';
import { acceptImage, openComments, startReview, stateOf } from '../../../../shared/domain/review.ts';
import { useCommands } from '../../../commands/registry.ts';
import { actingMe } from '../../../stores/acting.ts';
import { useAnnotate } from '../context.ts';
import { screenStore } from '../screen-state.ts';
import { pinNow } from './pin.ts';
import { setReview } from './review-state.ts';
import { showComment } from './show-comment.ts';

export function useReviewCommands(next: () => Promise<void>): void {
  const { editor, fields } = useAnnotate();
  const doc = (): Doc => editor.store.getState().doc;
  const ready = () => editor.store.getState().status === 'ready';
  const mayReview = () => ready() && permits(actingMe()?.role ?? null, 'review', stateOf(doc()));
  let shown: string | null = null;
  useCommands(
    [
      {
        id: 'review.accept',
        title: 'review.command.accept',
        short: 'review.command.accept-short',
        section: 'image',
        keys: ['Alt+KeyA'],
        inText: true,
        enabled: mayReview,
        run: async () => {
          editor.commitTyping();
          editor.dispatch(acceptImage(doc()));
          await next();
        },
      },
      {
        id: 'review.return',
        title: 'review.command.return',
        short: 'review.command.return-short',
        section: 'image',
        keys: ['Alt+KeyB'],
        inText: true,
        enabled: mayReview,
        run: () => setReview({ returning: true }),
      },
      {
        id: 'review.start',
        title: 'review.command.start',
        short: 'review.command.start-short',
        section: 'image',
        keys: ['Alt+KeyV'],
        inText: true,
        enabled: mayReview,
        run: () => editor.dispatch(startReview(doc())),
      },
      {
        id: 'review.comment',
        title: 'review.command.comment',
        short: 'review.command.comment-short',
        section: 'image',
        keys: ['Alt+KeyC'],
        inText: true,
        enabled: ready,
        run: () => setReview({ pin: pinNow(doc(), screenStore.getState().selection[0]) }),
      },
      {
        id: 'review.next-comment',
        title: 'review.command.next-comment',
        section: 'image',
        keys: ['Alt+KeyN'],
        inText: true,
        enabled: () => ready() && openComments(doc()).length > 0,
        run: () => {
          const open = openComments(doc());
          const at = open.findIndex((row) => row.id === shown);
          const comment = open[(at + 1) % open.length];
          if (!comment) return;
          shown = comment.id;
          showComment(editor, fields, comment);
        },
      },
    ],
    [editor, fields, next],
  );
}
