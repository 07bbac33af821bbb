/** Entry of the command line: binds a run to this process. */
import { exitCodes } from './failure.ts';
import { runCli } from './run.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second time the person means now. What is committed is safe, whatever is cut off.
    if (stop.signal.aborted) process.exit(exitCodes.cancelled);
    stop.abort();
  });
}
// `pointillist status … | head -1` closes the pipe early: nobody is left to read on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  signal: stop.signal,
  // 0 where a terminal does not say how wide it is.
  columns: process.stderr.isTTY ? process.stderr.columns || 80 : null,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
