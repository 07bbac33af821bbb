/** open_clip's CSV (open_clip @89fb801): `filepath` and `title` with a tab between, which a caption can't hold. */
import type { Finding } from '../findings.ts';
import type { Format } from '../format.ts';
import { imageFiles, imagePath } from '../chat/chat-format.ts';
import { captionsOf, documentFindings } from '../work.ts';

/** On one line: what a table of text, and a line of a text file, can hold. */
export const onOneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/g, ' ');

export const openClipCsv: Format = {
  profile: 'open-clip-csv',
  container: 'tabs',
  takes: ['captions'],
  root: '',
  tables: [
    {
      name: 'captions',
      columns: [
        { name: 'filepath', type: 'string' },
        { name: 'title', type: 'string' },
      ],
    },
  ],
  images: 'files',
  fileName: (_table, split) => `${split}.csv`,
  map(item, image) {
    const captions = captionsOf(item.doc);
    const findings: Finding[] = captions.filter((text) => onOneLine(text) !== text).map((text) => ({ reason: 'text-on-one-line', detail: text.slice(0, 80) }));
    return {
      rows: { captions: captions.map((text) => ({ filepath: imagePath(image), title: onOneLine(text) })) },
      findings: [...findings, ...documentFindings(item.doc)],
      files: imageFiles(image, captions.length),
    };
  },
};
