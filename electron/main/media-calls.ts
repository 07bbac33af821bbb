/** Asks the core which file a media URL means; questions under way when the core dies are asked again of the next one. */
import type { ToCore } from '../../shared/rpc/core-messages.ts';
import type { MediaFile, ResolveMedia } from '../media/handler.ts';

interface Question {
  readonly message: Extract<ToCore, { type: 'media' }>;
  readonly resolve: (file: MediaFile | null) => void;
}

/** Makes the questions' list; `send` reaches the core. */
export function createMediaCalls(send: (message: ToCore) => void): {
  resolve: ResolveMedia;
  settle(n: number, file: MediaFile | null): void;
  repeat(): void;
} {
  const open = new Map<number, Question>();
  let next = 0;
  return {
    resolve: (kind, imageId, tile) =>
      new Promise((resolve) => {
        const message = { type: 'media', n: next++, kind, imageId, ...(tile ? { tile } : {}) } as const;
        open.set(message.n, { message, resolve });
        send(message);
      }),
    settle(n, file) {
      open.get(n)?.resolve(file);
      open.delete(n);
    },
    repeat: () => open.forEach((question) => send(question.message)),
  };
}
