/** When two images count as the same picture: for the search that finds them and for what is said of them. */

/** Bits that hashes of the same picture differ in at most: a re-saved, smaller or recoloured copy differs in 0 to 6. */
export const SAME_BITS = 6;
/**
 * Likeness from which an encoder takes two for copies: of 15 photos, NanoDet-g's for re-saved ones is 0.97 and more, for grey, tinted or hue-turned ones 0.44
 * to 0.85, for ones cut by 4 % at each side 0.89 and more, and for two different photos 0.74 at most.
 */
export const COPY_LIKENESS = 0.85;
