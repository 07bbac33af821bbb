/** Types for vitest.config.ts. */
export declare function fastTemp(): string | undefined;
