/** What a person last asked of an export. How it is made outlasts the window; whose work, which labels and which release belong to a project and do not. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { z } from 'zod';
import { exportOptionsSchema } from '../../shared/formats/options.ts';
import { exportProfiles } from '../../shared/formats/profiles.ts';

const KEY = 'pointillist.export';
/** Kept on this machine, whatever the project. */
const keptSchema = exportOptionsSchema
  .pick({ provenance: true, findings: true, images: true, maxSidePx: true, quality: true, validationShare: true, seed: true, keepFolders: true })
  .extend({
    profile: z.enum(exportProfiles),
    // None is a choice that is not finished.
    states: z.array(exportOptionsSchema.shape.states.unwrap().element),
  });
const wishSchema = keptSchema.extend({
  ...exportOptionsSchema.pick({ people: true, labels: true, abilities: true, validation: true }).shape,
  /** Null: the project's exports folder. */
  folder: z.string().nullable(),
  /** Null: the project as it is now. */
  release: z.string().nullable(),
});
export type ExportWish = z.infer<typeof wishSchema>;

const ofProject = { people: null, labels: null, abilities: null, validation: null, folder: null, release: null } as const;
// Whoever is at the window is asked; a program has to say it.
const start: ExportWish = { ...exportOptionsSchema.parse({}), findings: 'stop', ...ofProject, profile: 'molmo-folders' };

function kept(): ExportWish {
  try {
    const found = keptSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? ''));
    return found.success ? { ...start, ...found.data } : start;
  } catch {
    return start;
  }
}

const store: StoreApi<{ readonly projectId: string | null; readonly wish: ExportWish }> = createStore(() => ({
  projectId: null as string | null,
  wish: kept(),
}));

/** The wish as it is now. */
export const exportWish = (): ExportWish => store.getState().wish;

/** Follows the wish. */
export const useExportWish = (): ExportWish => useStore(store, ({ wish }) => wish);

/** Changes it, and keeps what does not belong to a project. */
export function changeExportWish(values: Partial<ExportWish>): void {
  const wish = { ...store.getState().wish, ...values };
  store.setState({ wish });
  localStorage.setItem(
    KEY,
    JSON.stringify(keptSchema.parse(Object.fromEntries(Object.keys(keptSchema.shape).map((key) => [key, wish[key as keyof ExportWish]])))),
  );
}

/** Forgets what belongs to another project than this one. */
export function exportWishOf(projectId: string): void {
  const { projectId: before, wish } = store.getState();
  if (before !== projectId) store.setState({ projectId, wish: before === null ? wish : { ...wish, ...ofProject } });
}
