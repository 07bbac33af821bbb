/** Writes the encoder's folder where it is not there yet; returns it. */
export function ensureClipGraph(folder: string): string;
