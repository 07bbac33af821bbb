/** Gives back the memory of what a process let go of. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8 collects by what it allocates: a process that does nothing keeps its last pictures for as long as it lives. Blocks, so it is for processes at rest. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
