/** The exact (Clopper-Pearson) upper bound of a share: so that a sample says no more than it can. */

/** ln of the number of ways to choose k of n. */
function lnChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log(n - k + i) - Math.log(i);
  return sum;
}

/** Probability of at most `wrong` among `checked` where each is wrong with probability `share`. */
function atMost(wrong: number, checked: number, share: number): number {
  let sum = 0;
  for (let k = 0; k <= wrong; k++) sum += Math.exp(lnChoose(checked, k) + k * Math.log(share) + (checked - k) * Math.log1p(-share));
  return sum;
}

/**
 * The share of wrong ones that is exceeded with 5 % probability at most, one-sided, when `wrong` of `checked` were wrong: the share at which so few would
 * be found in one of twenty samples (Clopper and Pearson 1934). 1 where nothing was checked or everything was wrong.
 */
export function upperBound95(wrong: number, checked: number): number {
  if (checked === 0 || wrong >= checked) return 1;
  let low = wrong / checked;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atMost(wrong, checked, middle) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
