/** Two letters for a name: first and last word's, or the first two characters of a name written in one (山田太郎: 山田). */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = words[0] ?? '?';
  if (words.length < 2) return [...first].slice(0, 2).join('').toLocaleUpperCase();
  return ([...first][0]! + [...words.at(-1)!][0]!).toLocaleUpperCase();
}
