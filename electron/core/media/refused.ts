/** Why an image file is not taken, and how the decoders' words are turned into our reasons. */
import type { Refusal } from '../../../shared/domain/image.ts';

/** Thrown where a file is not taken. `detail`: the decoder's own words, or null where the reason says it all. */
export class Refused extends Error {
  readonly reason: Refusal;
  readonly detail: string | null;
  /** Judged by a decoder's words. libvips keeps them in one place for all threads: they are only to be trusted where nothing else was decoded meanwhile. */
  readonly byWords: boolean;
  constructor(reason: Refusal, detail: string | null = null, byWords = false) {
    super(detail ? `${reason}: ${detail}` : reason);
    this.name = 'Refused';
    this.reason = reason;
    this.detail = detail;
    this.byWords = byWords;
  }
}

/** What a decoder says of a file that ends too early. */
const TRUNCATED = /premature end|unexpected end|truncat|not enough data|end of file|unexpected eof/i;
/** What a decoder says of a file that is right, but of a kind it can't read. */
const UNSUPPORTED = /not configured|not supported|unsupported|not implemented|compression support/i;
const TOO_LARGE = /exceeds pixel limit|too many pixels|dimensions? exceed|image too large/i;

/** Lines of libvips and libtiff that only go along with an error. */
const NOISE = /^source: bad seek|^VipsIcc:|Defined set_get_field_type|Unknown field with tag/;

/** A decoder's error as a refusal. */
export function refusedByDecoder(thrown: unknown): Refused {
  if (thrown instanceof Refused) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const detail = firstWords(message);
  // Its first bytes said otherwise, so its header is broken.
  if (/contains unsupported image format/.test(message)) return new Refused('corrupt', 'the header cannot be read');
  return new Refused(reasonIn(message), detail, true);
}

function reasonIn(message: string): Refusal {
  if (TOO_LARGE.test(message)) return 'too-many-pixels';
  if (TRUNCATED.test(message)) return 'truncated';
  return UNSUPPORTED.test(message) ? 'unsupported-format' : 'corrupt';
}

/** An error of opening or reading as a refusal, or null where it is not the file's fault. */
export function refusedBySystem(thrown: unknown): Refused | null {
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  if (code === undefined || !['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EIO', 'ELOOP', 'ENAMETOOLONG', 'ESTALE', 'EBUSY', 'ENXIO'].includes(code))
    return null;
  return new Refused('unreadable', code);
}

/** The first line that says something, without the names of our libraries' functions and without paths. */
function firstWords(message: string): string | null {
  const lines = message.split('\n').map((line) => line.replace(/^Input (buffer|file) has corrupt header: ?/, '').trim());
  const line = lines.find((candidate) => candidate !== '' && !NOISE.test(candidate));
  if (line === undefined) return null;
  return line
    .replace(/(?:[A-Za-z]:\\|\/)[^\s:'"]*[\\/][^\s:'"]+/g, 'the file')
    .replace(/^(VipsJpeg|vipspng|tiff2vips|gifload_buffer|heif|webp): /, '')
    .slice(0, 200);
}
