/** Opening, making and closing projects, and what the welcome screen says when that did not go through. */
import type { QueryClient } from '@tanstack/react-query';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Holder } from '../../../shared/domain/project.ts';
import type { Opened } from '../../../shared/rpc/contract.ts';
import { flushAll } from '../../host/before-close.ts';
import type { Host } from '../../host/host.ts';
import { methodKey } from '../../queries/client.ts';
import { readJobs } from '../../stores/jobs.ts';
import { emptyFilter, navigate, sessionStore } from '../../stores/session.ts';

export type OpenAttempt =
  | { readonly by: 'folder'; readonly folder: string }
  | { readonly by: 'package'; readonly file: string }
  | { readonly by: 'sample' }
  | { readonly by: 'create'; readonly folder: string; readonly name: string };
export type ProjectNotice =
  /** Somebody else has it open. */
  | { readonly kind: 'held'; readonly holder: Holder; readonly attempt: OpenAttempt }
  /** It can't be opened: a newer version's file, a damaged one, no right to read it. */
  | { readonly kind: 'failed'; readonly thrown: unknown; readonly attempt: OpenAttempt };

interface State {
  readonly busy: boolean;
  readonly notice: ProjectNotice | null;
}
export const projectStore: StoreApi<State> = createStore<State>(() => ({ busy: false, notice: null }));
export const useProjectState = <T>(select: (state: State) => T): T => useStore(projectStore, select);
export const dismissProjectNotice = (): void => projectStore.setState({ notice: null });

/** What opening needs; both are there once a window has started. */
export interface Desk {
  readonly host: Host;
  readonly queries: QueryClient;
  /** Told when a copy was kept of a project that was brought to this version's format. */
  readonly onBackup: (path: string) => void;
  /** Told when the project lies in a folder that another program synchronises. */
  readonly onRisky: (folder: string) => void;
}

const call = async ({ client }: Host, attempt: OpenAttempt): Promise<Opened> => {
  if (attempt.by === 'package') return (await client.call('packages.open', { file: attempt.file })).opened;
  if (attempt.by === 'sample') return client.call('project.openSample', {});
  if (attempt.by === 'create') return client.call('project.create', { folder: attempt.folder, name: attempt.name });
  return client.call('project.open', { folder: attempt.folder });
};

/** Opens a project and shows its gallery; what keeps it from opening shows on the welcome screen. Says whether it is open. */
export async function openProject(desk: Desk, attempt: OpenAttempt): Promise<boolean> {
  if (projectStore.getState().busy) return false;
  projectStore.setState({ busy: true, notice: null });
  try {
    await flushAll();
    const opened = await call(desk.host, attempt);
    if (opened.status === 'held') {
      await nothingOpened(desk, { kind: 'held', holder: opened.holder, attempt });
      return false;
    }
    await enter(desk, opened.project.id);
    if (opened.backup) desk.onBackup(opened.backup);
    if (opened.project.risky) desk.onRisky(opened.project.folder);
    return true;
  } catch (thrown) {
    await nothingOpened(desk, { kind: 'failed', thrown, attempt });
    return false;
  } finally {
    projectStore.setState({ busy: false });
  }
}

/**
 * Opens a work package as its person's project and shows its gallery. A file that is none, or was handed in, is refused before anything is closed:
 * then what was open stays open.
 */
export async function openWorkPackage(desk: Desk, file: string): Promise<void> {
  if (projectStore.getState().busy) return;
  projectStore.setState({ busy: true, notice: null });
  try {
    await flushAll();
    const attempt = { by: 'package', file } as const;
    const opened = await call(desk.host, attempt);
    if (opened.status === 'held') await nothingOpened(desk, { kind: 'held', holder: opened.holder, attempt });
    else await enter(desk, opened.project.id);
  } finally {
    projectStore.setState({ busy: false });
  }
}

async function enter({ host, queries }: Desk, projectId: string): Promise<void> {
  if (lastProject !== projectId) sessionStore.getState().set({ filter: emptyFilter });
  lastProject = projectId;
  navigate({ screen: 'gallery' });
  await queries.resetQueries();
  void readJobs(host, null).catch(() => {});
}
let lastProject: string | null = null;

/** Whether the project from before is still open is for the core to say; the welcome screen shows either way. */
async function nothingOpened({ queries }: Desk, notice: ProjectNotice): Promise<void> {
  projectStore.setState({ notice });
  navigate({ screen: 'welcome' });
  await queries.invalidateQueries();
}

/** Saves what is pending, closes the project and shows the welcome screen. */
export async function closeProject({ host, queries }: Desk): Promise<void> {
  await flushAll();
  await host.client.call('project.close', {});
  navigate({ screen: 'welcome' });
  await queries.invalidateQueries();
}

/**
 * What a window shows first: where it was in the open project (its gallery, or the image being annotated), else the welcome screen. The desktop's core
 * answers only after it has opened the last project or the sample, or could not.
 */
export async function showFirst({ host, queries, onRisky }: Desk): Promise<void> {
  const current = await host.client.call('project.current', {});
  queries.setQueryData(['project.current', {}], current);
  lastProject = current.id;
  if (current.id === null) return navigate({ screen: 'welcome' });
  if (current.risky) onRisky(current.folder);
  const { annotating, lastImage } = sessionStore.getState();
  const imageId = annotating ? lastImage[current.id] : undefined;
  const card = imageId === undefined ? null : await host.client.call('images.get', { imageId }).catch(() => null);
  if (!card) return navigate({ screen: 'gallery' });
  // The screen finds it there and need not ask again.
  queries.setQueryData(methodKey('images.get', { imageId: card.id }), card);
  navigate({ screen: 'annotate', imageId: card.id });
}
