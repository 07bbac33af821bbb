/** Elements of a large XML file, one by one. Entities of a document's own are not known, so none can grow. The only file that loads saxes. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Element } from '../../../../shared/formats/imports/cvat.ts';
import { type Encoding, utf8Chunks } from './text-bytes.ts';

const MAX_DEPTH = 100;
/** Characters of one element with all that is in it. */
const MAX_ELEMENT = 64 << 20;

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/** Every element that `wanted` names, with the way down to it, as soon as it ends. Throws where the XML is broken or nested too deep. */
export async function* xmlElements(path: string, encoding: Encoding, wanted: (name: string, parents: readonly string[]) => boolean): AsyncGenerator<Element[]> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  const parents: string[] = [];
  const open: Open[] = [];
  let found: Element[] = [];
  let failure: Error | null = null;
  let characters = 0;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (open.length > 0 || wanted(tag.name, parents)) open.push({ name: tag.name, attributes: { ...tag.attributes }, children: [], text: '' });
    parents.push(tag.name);
    if (parents.length > MAX_DEPTH) failure ??= new Error('nested too deep');
  });
  const text = (words: string) => {
    const last = open.at(-1);
    if (!last) return;
    characters += words.length;
    if (characters > MAX_ELEMENT) failure ??= new Error('one element is too large');
    else last.text += words;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    parents.pop();
    const element = open.pop();
    if (!element) return;
    const outer = open.at(-1);
    if (outer) outer.children.push(element);
    else {
      found.push(element);
      characters = 0;
    }
  });
  const take = (): Element[] => {
    if (failure) throw failure;
    const elements = found;
    found = [];
    return elements;
  };
  for await (const chunk of utf8Chunks(path, encoding)) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield take();
  }
  parser.close();
  yield take();
}
