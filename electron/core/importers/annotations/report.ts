/** What an import of annotations has to tell: counted by reason, the first of each at hand, all of them as JSON lines beside the project. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { AnnotationReason, ReportLine } from '../../../../shared/domain/annotation-import.ts';
import { type ImportReason, isSkip } from '../../../../shared/formats/imports/record.ts';

const EXAMPLES = 5;
/** Lines written of one reason; the count goes on. */
const MAX_LINES = 100_000;
const BUFFER = 1 << 18;

export interface Report {
  tell(reason: ImportReason, file: string, where: string, detail: string): void;
  /** Writes the rest and gives the counts, what is missing in the project first. */
  close(): readonly AnnotationReason[];
}
/** Where the lines of a job are. */
export const reportFile = (projectFolder: string, jobId: string): string => path.join(projectFolder, 'imports', `${jobId}.jsonl`);

export function createReport(projectFolder: string, jobId: string): Report {
  const file = reportFile(projectFolder, jobId);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const reasons = new Map<ImportReason, { count: number; examples: ReportLine[] }>();
  let buffer = '';
  const flush = () => {
    if (buffer !== '') appendFileSync(file, buffer);
    buffer = '';
  };
  return {
    tell(reason, name, where, detail) {
      const known = reasons.get(reason) ?? { count: 0, examples: [] };
      reasons.set(reason, known);
      known.count++;
      if (known.count > MAX_LINES) return;
      const line: ReportLine = { reason, file: name, where, detail: detail.slice(0, 300).toWellFormed() };
      if (known.examples.length < EXAMPLES) known.examples.push(line);
      buffer += `${JSON.stringify(line)}\n`;
      if (buffer.length > BUFFER) flush();
    },
    close() {
      flush();
      const all = [...reasons].map(([reason, { count, examples }]) => ({ reason, count, isSkip: isSkip(reason), examples }));
      return all.sort((a, b) => Number(b.isSkip) - Number(a.isSkip) || b.count - a.count);
    },
  };
}

/** A stretch of a report's lines, of one reason or all. */
export async function reportLines(projectFolder: string, jobId: string, reason: string | null, offset: number, limit: number): Promise<ReportLine[]> {
  const lines: ReportLine[] = [];
  let at = 0;
  const input = createReadStream(reportFile(projectFolder, jobId));
  try {
    for await (const line of createInterface({ input })) {
      if (reason !== null && !line.startsWith(`{"reason":"${reason}"`)) continue;
      if (at++ < offset) continue;
      lines.push(JSON.parse(line) as ReportLine);
      if (lines.length >= limit) break;
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  } finally {
    input.destroy();
  }
  return lines;
}
