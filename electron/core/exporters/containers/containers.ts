/** The containers by name. */
import type { ContainerName } from '../../../../shared/formats/format.ts';
import { openArrowStream, readArrowStream } from './arrow-stream.ts';
import { coco } from './coco.ts';
import type { Container } from './container.ts';
import { array, lines } from './json-rows.ts';
import { readParquet } from './parquet-reader.ts';
import { openParquet } from './parquet-writer.ts';
import { tabs } from './tabs.ts';
import { tar } from './tar-samples.ts';

/** 8 MiB: about 25 photos, small enough to hold a group of each of six files at once, and for a hub's viewer to read one. */
const GROUP_BYTES = 8 << 20;

export const containers: Readonly<Record<ContainerName, Container>> = {
  parquet: { groupBytes: GROUP_BYTES, storesRepeatedImagesOnce: true, writesEmptySplits: false, open: openParquet, read: readParquet },
  arrow: { groupBytes: GROUP_BYTES, storesRepeatedImagesOnce: false, writesEmptySplits: true, open: openArrowStream, read: readArrowStream },
  lines,
  array,
  tar,
  tabs,
  coco,
};
