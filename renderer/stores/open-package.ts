/** Opening a work package as a project, wherever it came from: a button, a drop, a double click. The window around the screens does it. */

/** Whether a file name is one of a work package. */
export const isPackageFile = (path: string): boolean => /\.pntl$/i.test(path);

type Opener = (file: string) => Promise<void>;
let opener: Opener | null = null;

/** Names who opens packages; returns what takes it back. */
export function setPackageOpener(next: Opener): () => void {
  opener = next;
  return () => {
    if (opener === next) opener = null;
  };
}
export const openPackage: Opener = async (file) => opener?.(file);
