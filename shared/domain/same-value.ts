/** Whether two values of a field are the same: plain ones, or lists of plain ones. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, index) => sameValue(value, b[index]));
  return (a ?? null) === (b ?? null);
}
