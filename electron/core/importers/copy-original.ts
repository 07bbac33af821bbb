/** Copies an image's file into the project. */
import { constants } from 'node:fs';
import { copyFile, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { imageFormats, type ImageFormat } from '../../../shared/domain/image.ts';
import { Refused, refusedBySystem } from '../media/refused.ts';
import { originalName, writeInPlace } from '../media/media-folder.ts';

const EXTENSIONS: Readonly<Record<ImageFormat, string>> = {
  ...(Object.fromEntries(imageFormats.map((format) => [format, format])) as Record<ImageFormat, string>),
  jpeg: 'jpg',
  tiff: 'tif',
};

/** Returns the copy's path relative to the media folder. On file systems that can, no bytes are moved. */
export async function copyOriginal(media: string, source: string, image: { sha256: string; format: ImageFormat; sizeBytes: number }): Promise<string> {
  const name = originalName(image.sha256, EXTENSIONS[image.format]);
  const to = path.join(media, ...name.split('/'));
  const there = await stat(to).catch(() => null);
  if (there?.size === image.sizeBytes) return name;
  await writeInPlace(to, async (temporary) => {
    await copyFile(source, temporary, constants.COPYFILE_FICLONE).catch((thrown: unknown) => {
      throw refusedBySystem(thrown) ?? thrown;
    });
    const file = await open(temporary, 'r+');
    try {
      if ((await file.stat()).size !== image.sizeBytes) throw new Refused('unreadable', 'the file changed while it was read');
      await file.chmod(0o644);
      await file.sync();
    } finally {
      await file.close();
    }
  });
  return name;
}
