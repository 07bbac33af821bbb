/** Processor time of this process and of all below it: what a shared machine blurs less than the time on the wall. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc, a second. */
const TICKS = 100;

/** Milliseconds of processor time so far, of this process, of those that it started and of those that they waited for. Linux only: NaN elsewhere. */
export function treeMs(): number {
  if (process.platform !== 'linux') return Number.NaN;
  const parents = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
        .map(Number);
      // parent; user, system, and both of children that ended
      parents.set(Number(name), { parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! });
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => pid === process.pid || (parents.has(pid) && isBelow(parents.get(pid)!.parent));
  let ticks = 0;
  for (const [pid, entry] of parents) if (isBelow(pid)) ticks += entry.ticks;
  return (ticks * 1000) / TICKS;
}
