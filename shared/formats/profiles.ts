/** Names of the export profiles; each has a title and a sentence below `export.profiles` in the translations. */
export const exportProfiles = ['pixmo-parquet', 'molmo-folders'] as const;
export type ExportProfile = (typeof exportProfiles)[number];
