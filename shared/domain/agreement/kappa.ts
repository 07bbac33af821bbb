/** Cohen's kappa: agreement of two people on categories, corrected for what their habits alone would give. */

/**
 * kappa = (observed - expected) / (1 - expected); expected is the sum over categories of the product of both people's shares
 * (J. Cohen, "A Coefficient of Agreement for Nominal Scales", 1960). Null without pairs, and where both always said the same one thing.
 */
export function cohenKappa(pairs: readonly (readonly [a: string, b: string])[]): number | null {
  if (pairs.length === 0) return null;
  const [ofA, ofB] = [new Map<string, number>(), new Map<string, number>()];
  let equal = 0;
  for (const [a, b] of pairs) {
    if (a === b) equal++;
    ofA.set(a, (ofA.get(a) ?? 0) + 1);
    ofB.set(b, (ofB.get(b) ?? 0) + 1);
  }
  const n = pairs.length;
  let products = 0;
  for (const [category, count] of ofA) products += count * (ofB.get(category) ?? 0);
  // Whole numbers as long as can be: 1 - expected is exactly zero where it should be.
  return products === n * n ? null : (equal * n - products) / (n * n - products);
}
