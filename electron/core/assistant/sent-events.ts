/** Server-sent events (WHATWG HTML, 9.2.6): the data of each event of a byte stream, however its bytes are cut into chunks. */
import { AppError } from '../../../shared/rpc/errors.ts';

/** A line longer than this is not an event of an answer. */
const LONGEST_LINE = 1_000_000;

export async function* sentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  const take = function* (text: string, last: boolean): Generator<string> {
    rest += text;
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = last ? '' : lines.pop()!;
    if (rest.length > LONGEST_LINE) throw new AppError('unavailable', 'an event without end', { key: 'assistant-nonsense' });
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        data = [];
      } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  };
  for await (const chunk of body) yield* take(decoder.decode(chunk, { stream: true }), false);
  yield* take(decoder.decode(), true);
  if (data.length > 0) yield data.join('\n');
}
