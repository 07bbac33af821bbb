/**
 * First and last byte that a Range header asks for, both included. A header that makes no sense, or asks for several ranges, is answered with the
 * whole (RFC 9110, section 14.2 allows it); one beyond the end can't be answered.
 */
export function parseRange(header: string | null, sizeBytes: number): readonly [number, number] | 'whole' | 'unsatisfiable' {
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return 'whole';
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), sizeBytes);
    return length === 0 ? 'unsatisfiable' : [sizeBytes - length, sizeBytes - 1];
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? sizeBytes - 1 : Math.min(Number(match[2]), sizeBytes - 1);
  if (match[2] !== '' && Number(match[2]) < first) return 'whole';
  return first >= sizeBytes ? 'unsatisfiable' : [first, last];
}
