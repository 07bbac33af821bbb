/** The package has no types of its own; `heic.ts` says what it uses. */
declare module 'heic-decode';
