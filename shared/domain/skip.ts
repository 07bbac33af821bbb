/** Why an image is passed over: one of these, which are shown in the reader's language, or the person's own words. */
export const skipReasons = ['unsure', 'unsuitable', 'private', 'later'] as const;
export type SkipReason = (typeof skipReasons)[number];
export const isSkipReason = (reason: string): reason is SkipReason => (skipReasons as readonly string[]).includes(reason);
