/** Findings that hold an export back: it stops for them, leaves their images out, or takes them all the same, as was asked. */
import type { Database } from 'better-sqlite3';
import { lintDoc, settle } from '../../../shared/domain/lint/lint.ts';
import { blocksOf } from '../../../shared/domain/lint/rule.ts';
import type { ExportOptions } from '../../../shared/formats/options.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { lintContext, lintFrame } from '../quality/lint/context.ts';
import type { NumberedItem } from './items.ts';

/** Which rules hold an image back, as its document is in the export: of now, or of a release. */
export function heldBy(db: Database): (item: Pick<NumberedItem, 'num' | 'doc'>) => string[] {
  const frame = lintFrame(db);
  return ({ num, doc }) => {
    const findings = lintDoc(doc, lintContext(db, frame, num), (rule) => blocksOf(rule, frame.settings) === 'export');
    return settle(findings, doc.dismissal).open.map(({ code }) => code);
  };
}

/** The items that go in. With `stop`, throws AppError `export-held` at the end of a list in which any is held back. */
export async function* withoutHeld(db: Database, items: AsyncIterable<NumberedItem>, how: ExportOptions['findings']): AsyncGenerator<NumberedItem> {
  if (how === 'take') {
    yield* items;
    return;
  }
  const rulesOf = heldBy(db);
  const rules = new Map<string, number>();
  let held = 0;
  for await (const item of items) {
    const codes = new Set(rulesOf(item));
    if (codes.size === 0) yield item;
    else held++;
    for (const code of codes) rules.set(code, (rules.get(code) ?? 0) + 1);
  }
  if (how === 'stop' && held > 0) {
    const named = [...rules].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} (${count})`);
    throw new AppError('invalid', 'findings hold this export back', { key: 'export-held', count: held, rules: named.join(', ') });
  }
}
