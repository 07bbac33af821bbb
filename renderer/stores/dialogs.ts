/** Which of the app's own windows is open; at most one is. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

export type DialogName =
  | 'palette'
  | 'help'
  | 'settings'
  | 'jobs'
  | 'new-project'
  | 'import'
  | 'annotation-report'
  | 'export'
  | 'releases'
  | 'problems'
  | 'project-settings'
  | 'find'
  | 'encoders'
  | 'near'
  | 'person'
  | 'proposal-report';
export const dialogStore: StoreApi<{ readonly open: DialogName | null }> = createStore(() => ({ open: null as DialogName | null }));

/** Opens one and closes what was open. */
export const openDialog = (open: DialogName): void => dialogStore.setState({ open });
export const closeDialog = (): void => dialogStore.setState({ open: null });
export const useDialog = (name: DialogName): boolean => useStore(dialogStore, ({ open }) => open === name);
