/** When and with what a photo was taken. The only file that imports exif-reader. */
import readExif from 'exif-reader';

export interface Taken {
  readonly takenAt: number | null;
  readonly camera: string | null;
}

/** Reads an EXIF block; what can't be read is null, for EXIF is decoration and never a reason to refuse a photo. */
export function takenBy(exif: Buffer | undefined): Taken {
  if (exif === undefined) return { takenAt: null, camera: null };
  try {
    const tags = readExif(exif);
    return {
      takenAt: timeOf(tags.Photo?.DateTimeOriginal) ?? timeOf(tags.Photo?.DateTimeDigitized) ?? timeOf(tags.Image?.DateTime),
      camera: cameraName(tags.Image?.Make, tags.Image?.Model),
    };
  } catch {
    return { takenAt: null, camera: null };
  }
}

/** exif-reader gives dates as if in UTC. Cameras whose clock was never set write the year 0 or 1970 or spaces. */
function timeOf(value: unknown): number | null {
  if (!(value instanceof Date)) return null;
  const at = value.getTime();
  return at > 0 && at < Date.UTC(2200, 0) ? at : null;
}

function cameraName(make: unknown, model: unknown): string | null {
  const clean = (value: unknown) =>
    typeof value === 'string'
      ? value
          // oxlint-disable-next-line no-control-regex -- cameras end their text with NUL characters
          .replace(/[\u0000-\u001f\u007f]+/g, ' ')
          .replace(/\s+/g, ' ')
          .trim()
      : '';
  const [by, name] = [clean(make), clean(model)];
  const whole = name.toLowerCase().startsWith(by.toLowerCase()) ? name : `${by} ${name}`;
  return whole.trim().slice(0, 120) || null;
}
