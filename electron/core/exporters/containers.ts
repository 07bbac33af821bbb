/** The containers by name. */
import type { Format } from '../../../shared/formats/format.ts';
import { openArrowStream, readArrowStream } from './arrow-stream.ts';
import type { Container } from './container.ts';
import { readParquet } from './parquet-reader.ts';
import { openParquet } from './parquet-writer.ts';

const five = (n: number) => String(n).padStart(5, '0');
/** 8 MiB: about 25 photos, small enough to hold a group of each of six files at once, and for a hub's viewer to read one. */
const GROUP_BYTES = 8 << 20;

export const containers: Readonly<Record<Format['container'], Container>> = {
  parquet: {
    groupBytes: GROUP_BYTES,
    storesRepeatedImagesOnce: true,
    writesEmptySplits: false,
    open: openParquet,
    read: readParquet,
    fileName: (split, index, files) => `${split}-${five(index)}-of-${five(files)}.parquet`,
  },
  arrow: {
    groupBytes: GROUP_BYTES,
    storesRepeatedImagesOnce: false,
    writesEmptySplits: true,
    open: openArrowStream,
    read: readArrowStream,
    fileName: (split, index, files) => `${split}/data-${five(index)}-of-${five(files)}.arrow`,
  },
};
