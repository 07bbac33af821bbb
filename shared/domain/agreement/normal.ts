/** The standard normal distribution, as far as intervals need it. */

/**
 * P(Z <= z). Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.2.11 (series, |z| < 6); beyond that the tails are below 1e-9
 * and taken from the asymptotic 26.2.12. Absolute error below 1e-12.
 */
export function normalCdf(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(z) >= 6) {
    const tail = (density / Math.abs(z)) * (1 - 1 / z ** 2 + 3 / z ** 4);
    return z > 0 ? 1 - tail : tail;
  }
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 200; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

/** The z with P(Z <= z) = p, for p between 0 and 1 without the ends. By halving: 60 steps are exact to the last digits, and it is asked for seldom. */
export function normalQuantile(p: number): number {
  let [low, high] = [-9, 9];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The z of a two-sided interval of 95 %. */
export const Z95 = 1.959963984540054;

/**
 * The 95 % interval of a share, by E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927): keeps within 0 and 1
 * and says something also of 0 of n and n of n. Null for n = 0.
 */
export function wilsonInterval(hits: number, n: number): { readonly low: number; readonly high: number } | null {
  if (n <= 0) return null;
  const share = hits / n;
  const square = Z95 * Z95;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const half = (Z95 / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
