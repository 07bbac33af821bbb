/** The shape that all chat formats share: one JSON value a conversation, images as files beside, texts in the grammar of the model. */
import type { JsonValue, Table } from '../columns.ts';
import type { Finding } from '../findings.ts';
import type { EmbeddedImage, ExportFacts, FileBeside, Format, Mapped } from '../format.ts';
import type { Grammar } from '../grammar/grammar.ts';
import type { ExportProfile } from '../profiles.ts';
import type { ExportItem } from '../source.ts';
import { answerText, type Exchange, exchangesOf, holdsToken } from './exchanges.ts';

/** A question and its answer as the model is to read and say them. */
export interface Said {
  readonly question: string;
  readonly answer: string;
}
export interface ChatRow {
  /** Unique in the export: the image, then what the exchange is. */
  readonly id: string;
  /** Path of the image file below the data's folder, with forward slashes. */
  readonly image: string;
  readonly said: readonly Said[];
  readonly exchange: Exchange;
  readonly embedded: EmbeddedImage;
}
export interface ChatOptions {
  readonly profile: ExportProfile;
  readonly container: 'lines' | 'array';
  readonly grammar: Grammar;
  /** Words that the loader counts or replaces: an exchange that holds one literally is left out and told. */
  readonly tokens: readonly string[];
  /** The lines of one exchange: one, or one a turn where the format knows no conversations. */
  rows(row: ChatRow): readonly JsonValue[];
  extras?(facts: ExportFacts): readonly { readonly path: string; readonly text: string }[];
}

/** The one table of a chat format. */
export const chatTable = { name: 'conversations', columns: [{ name: 'json', type: 'json' }] } as const satisfies Table;
/** Where a file of an image lies below the data's folder. */
export const imagePath = (embedded: EmbeddedImage): string => (embedded.isReference ? embedded.value.path : `images/${embedded.value.path}`);
/** The file of an image that has rows, unless it stays where it is. */
export const imageFiles = (embedded: EmbeddedImage, rows: number): FileBeside[] =>
  rows === 0 || embedded.isReference ? [] : [{ path: imagePath(embedded), bytes: embedded.value.bytes }];

/** Exchanges that the loader can hold, with their texts, and what is told of the others. */
export function chatRows(item: ExportItem, embedded: EmbeddedImage, grammar: Grammar, tokens: readonly string[]): { rows: ChatRow[]; findings: Finding[] } {
  const { list, findings } = exchangesOf(item.doc);
  const rows: ChatRow[] = [];
  const told = [...findings];
  for (const exchange of list) {
    if (holdsToken(exchange, tokens)) {
      told.push({ reason: 'token-in-text', detail: exchange.turns[0]!.question });
      continue;
    }
    const said = exchange.turns.map(({ question, answer }) => ({ question, answer: answerText(answer, grammar, embedded) }));
    rows.push({ id: `${item.image.sha256.slice(0, 16)}-${exchange.id}`, image: imagePath(embedded), said, exchange, embedded });
  }
  return { rows, findings: told };
}

/** A format of one JSON value a conversation or turn. */
export function chatFormat({ profile, container, grammar, tokens, rows: rowsOf, extras }: ChatOptions): Format {
  return {
    profile,
    container,
    takes: ['captions', 'questions', 'labels'],
    root: '',
    tables: [chatTable],
    images: 'files',
    fileName: (_table, split) => `${split}.${container === 'lines' ? 'jsonl' : 'json'}`,
    map(item, embedded): Mapped {
      const { rows, findings } = chatRows(item, embedded, grammar, tokens);
      return {
        rows: { [chatTable.name]: rows.flatMap(rowsOf).map((json) => ({ json })) },
        findings,
        files: imageFiles(embedded, rows.length),
      };
    },
    ...(extras && { extras }),
  };
}

/** How many rows a split has. */
export const rowsIn = (facts: ExportFacts, split: string): number => facts.rows[chatTable.name]?.[split] ?? 0;
