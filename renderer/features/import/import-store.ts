/** What a person is about to import: chosen or dropped, not yet begun. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { openDialog } from '../../stores/dialogs.ts';

/** Absolute paths of files and folders; each once, in the order they came. */
export const pendingImport: StoreApi<{ readonly paths: readonly string[] }> = createStore(() => ({ paths: [] as readonly string[] }));

/** Shows the dialog with these and nothing else. */
export function offerImport(paths: readonly string[]): void {
  pendingImport.setState({ paths: unique(paths) });
  openDialog('import');
}

export const addPending = (paths: readonly string[]): void => pendingImport.setState((state) => ({ paths: unique([...state.paths, ...paths]) }));

export const removePending = (path: string): void => pendingImport.setState((state) => ({ paths: state.paths.filter((other) => other !== path) }));

const unique = (paths: readonly string[]): string[] => [...new Set(paths.filter((path) => path !== ''))];
