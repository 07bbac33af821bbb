/** The pure part of each export profile. */
import type { Format } from './format.ts';
import { molmoFolders } from './tables/molmo.ts';
import { pixmoParquet } from './tables/pixmo.ts';
import type { ExportProfile } from './profiles.ts';

export const formats: Readonly<Record<ExportProfile, Format>> = { 'pixmo-parquet': pixmoParquet, 'molmo-folders': molmoFolders };
