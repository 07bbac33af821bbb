import type { Plugin } from 'vite';

/** Types for the tests and vite.config.ts. */
export declare function clipMerges(): string;
export declare function bertPieces(): string;
export declare function vocabularies(): Plugin;
