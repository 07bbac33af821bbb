/** Characters of one step of the hint. */
const STEP = 15;

/**
 * The N of `long_caption N:`, by which Molmo's captioner is told how long a caption is to be: its characters divided by 15. Its loader adds noise
 * of standard deviation 25 characters to it while training and leaves it out one time in ten (allenai/molmo, data_formatter.py).
 */
export const lengthHint = (text: string): number => Math.floor([...text].length / STEP);
