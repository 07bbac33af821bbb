/** The thread that hashes a finished file, reads it with a reader that shares no code with its writer, and compares every row. */
import { parentPort } from 'node:worker_threads';
import { readBack } from './read-back.ts';
import type { FromReadBack, ToReadBack } from './read-back.ts';

parentPort!.on('message', ({ id, ...asked }: ToReadBack) => {
  const say = (message: FromReadBack) => parentPort!.postMessage(message);
  readBack(asked).then(
    (written) => say({ id, written }),
    (thrown: unknown) => {
      const { message, code, syscall } = thrown as NodeJS.ErrnoException;
      say({ id, failed: { message, code: code ?? null, syscall: syscall ?? null } });
    },
  );
});
