/** Names of files as people are shown them: what would break a line or turn the text around is written out. */

// C0, DEL and C1 controls; line and paragraph separators; the bidirectional overrides and isolates that make "gpj.exe" of "exe.jpg".
// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The name of an image: its path below the imported folder, with forward slashes. Letters of any script stay as they are. */
export function shownName(segments: readonly string[]): string {
  return segments.join('/').replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const IGNORED = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx', '@eadir', 'icon\r']);
/** What systems leave in folders and people never see: hidden files, thumbnail stores, resource forks. */
export const isIgnoredName = (name: string): boolean => name.startsWith('.') || IGNORED.has(name.toLowerCase());
