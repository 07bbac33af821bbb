/** The folder a new project goes into. */

/** A name that every file system takes: no separators or reserved characters, no dot or space at the end. */
export function folderName(projectName: string): string {
  const safe = [...projectName.normalize('NFC')].map((char) => (/[\\/:*?"<>|]/.test(char) || char < ' ' ? '-' : char)).join('');
  const trimmed = safe.replace(/^[\s.]+|[\s.]+$/g, '').slice(0, 80);
  // What Windows reserves for devices.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(trimmed) ? `${trimmed}-project` : trimmed;
}

/** The folder below a parent, in the way of the machine that the parent's path is from. */
export function below(parent: string, name: string): string {
  const separator = parent.includes('\\') && !parent.startsWith('/') ? '\\' : '/';
  return parent.endsWith(separator) ? `${parent}${name}` : `${parent}${separator}${name}`;
}
