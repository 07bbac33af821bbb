/** Codes of the reasons an image is returned for; each has a sentence below `review.reason`. */
export const returnReasons = ['missing-object', 'wrong-point', 'invented-detail', 'too-short', 'language', 'unreadable', 'other'] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** The reason as a known code; what another version knew is `other`. */
export const knownReason = (code: string): ReturnReason => returnReasons.find((reason) => reason === code) ?? 'other';
