/** Groups of near-duplicates out of pairs: everybody in a group is near its first image, so that no chain of small steps joins two different pictures. */

export interface NearPair {
  readonly a: number;
  readonly b: number;
}
/** What a person said of two images: that they belong together or that they do not. */
export interface NearDecision extends NearPair {
  readonly same: boolean;
}

const keyOf = (a: number, b: number) => `${Math.min(a, b)} ${Math.max(a, b)}`;

/**
 * Groups of two or more, each with its first image (the one with the most neighbours, then the lowest number) in front and the others by number. The same
 * for the same pairs in any order. People's decisions go before what was found: two that are not the same never share a group, two that are always do,
 * unless decisions contradict each other.
 */
export function nearGroups(pairs: readonly NearPair[], decisions: readonly NearDecision[] = []): number[][] {
  const apart = new Set(decisions.filter(({ same }) => !same).map(({ a, b }) => keyOf(a, b)));
  const neighbours = new Map<number, Set<number>>();
  const join = (a: number, b: number) => {
    if (a === b || apart.has(keyOf(a, b))) return;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = neighbours.get(from);
      if (known) known.add(to);
      else neighbours.set(from, new Set([to]));
    }
  };
  for (const { a, b } of pairs) join(a, b);
  const together = decisions.filter(({ same }) => same);
  for (const { a, b } of together) join(a, b);
  const groupOf = stars(neighbours, apart);
  for (const { a, b } of together) unite(groupOf, a, b, apart);
  return [...new Set(groupOf.values())]
    .filter((group) => group.length > 1)
    .map(([first, ...others]) => [first!, ...others.sort((a, b) => a - b)])
    .sort((a, b) => a[0]! - b[0]!);
}

/** Takes the image with the most neighbours and all of them that are free, then the next. */
function stars(neighbours: ReadonlyMap<number, ReadonlySet<number>>, apart: ReadonlySet<string>): Map<number, number[]> {
  const groupOf = new Map<number, number[]>();
  const order = [...neighbours].sort(([a, as], [b, bs]) => bs.size - as.size || a - b);
  for (const [first, near] of order) {
    if (groupOf.has(first)) continue;
    const group = [first];
    groupOf.set(first, group);
    for (const other of [...near].sort((a, b) => a - b)) {
      if (groupOf.has(other) || group.some((member) => apart.has(keyOf(member, other)))) continue;
      group.push(other);
      groupOf.set(other, group);
    }
  }
  return groupOf;
}

function unite(groupOf: Map<number, number[]>, a: number, b: number, apart: ReadonlySet<string>): void {
  const one = groupOf.get(a);
  const other = groupOf.get(b);
  if (!one || !other || one === other) return;
  if (one.some((x) => other.some((y) => apart.has(keyOf(x, y))))) return;
  one.push(...other);
  for (const member of other) groupOf.set(member, one);
}
