/** What the desktop's main process has to know of the core's state: the open project and the folders that may be shown in the file browser. */
import type { Client } from '../../shared/rpc/client.ts';
import { AppError, toAppError } from '../../shared/rpc/errors.ts';
import type { DesktopPort } from './desktop-port.ts';

/** Tells main of the project that is open now, of each one opened later, and of finished exports. */
export async function watchForMain(client: Client, port: DesktopPort): Promise<void> {
  let jobs = new AbortController();
  const tell = async () => {
    jobs.abort();
    jobs = new AbortController();
    const project = await client.call('project.current', {});
    if (project.id === null) return port.send({ type: 'project', folder: null });
    port.send({ type: 'project', folder: project.folder });
    port.send({ type: 'folders', folders: [project.folder] });
    void watchExports(client, port, jobs.signal);
  };
  await tell();
  void (async () => {
    for await (const notice of client.open('changes.watch', {})) {
      if (notice.topic === 'project') await tell();
    }
  })();
}

async function watchExports(client: Client, port: DesktopPort, signal: AbortSignal): Promise<void> {
  const show = (job: Awaited<ReturnType<typeof client.call<'jobs.list'>>>[number]) => {
    if (job.result?.kind === 'export') port.send({ type: 'folders', folders: [job.result.folder] });
  };
  try {
    (await client.call('jobs.list', {}, signal)).forEach(show);
    for await (const job of client.open('jobs.watch', {}, signal)) show(job);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

/** Opens the project named; or the last one that is still there; or, for somebody who never had one, the sample. Errors go to main. */
export async function openFirst(client: Client, port: DesktopPort, named: string | null): Promise<void> {
  const open = async (folder: string) => {
    try {
      const opened = await client.call('project.open', { folder });
      if (opened.status === 'held') throw new AppError('conflict', 'held', { key: 'held', ...opened.holder });
    } catch (thrown) {
      const { key, details } = keyed(thrown);
      port.send({ type: 'not-opened', folder, key, details });
    }
  };
  if (named !== null) return open(named);
  const recent = await client.call('project.recent', {});
  const last = recent.find((project) => project.exists);
  if (last) return open(last.folder);
  try {
    await client.call('project.openSample', {});
  } catch (thrown) {
    port.send({ type: 'not-opened', folder: '', ...keyed(thrown) });
  }
}

function keyed(thrown: unknown): { key: string; details: Readonly<Record<string, unknown>> } {
  const error = toAppError(thrown);
  const key = error.details['key'];
  return { key: typeof key === 'string' ? key : `code-${error.code}`, details: { message: error.message, ...error.details } };
}
