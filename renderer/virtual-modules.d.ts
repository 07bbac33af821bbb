/** Vocabularies that the build takes out of npm packages (scripts/vocabularies.mjs). */
declare module 'virtual:clip-merges' {
  const merges: string;
  export default merges;
}
declare module 'virtual:bert-pieces' {
  const pieces: string;
  export default pieces;
}
