/** Keeps findings true behind people's edits, never in front of them, and answers what stands behind each. */
import { newId } from '../../../../shared/domain/ids.ts';
import { fixAll, ruleOf } from '../../../../shared/domain/lint/lint.ts';
import { fixedTexts, type FixedText } from '../../../../shared/domain/lint/fixed-texts.ts';
import type { LintContext } from '../../../../shared/domain/lint/rule.ts';
import { licenceMissing, type LintSummary } from '../../../../shared/domain/lint/summary.ts';
import type { ImageFilter } from '../../../../shared/domain/image.ts';
import type { Doc, ImageState } from '../../../../shared/domain/model.ts';
import { applyOps } from '../../../../shared/domain/ops.ts';
import type { TextOrigin } from '../../../../shared/domain/text-origin.ts';
import type { ChangeNotice } from '../../../../shared/rpc/contract.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { loadDoc } from '../../db/docs.ts';
import { imageIds, imageNum } from '../../db/images.ts';
import { readSettings } from '../../db/settings.ts';
import { sql } from '../../db/statement.ts';
import type { Edits } from '../../edits.ts';
import type { Project } from '../../project.ts';
import { codesThat, lintContext, lintFrame } from './context.ts';
import { countCodes, countDismissals, countHeld, countStale, findingPage, type FoundOn, settleStale } from './store.ts';

export interface Lint {
  /** Something changed: edited images are looked at again a moment later. */
  noticed(notice: ChangeNotice): void;
  /** Findings of what was edited until now, as far as `patienceMs` reaches. */
  caughtUp(patienceMs: number): Promise<void>;
  context(imageId: string): LintContext;
  summary(): Promise<LintSummary>;
  findings(code: string | null, offset: number, limit: number): { total: number; findings: FoundOn[] };
  /** What a fix of every finding of a rule would do: how many images, and the first ones in words. */
  previewFix(code: string, filter: ImageFilter): { images: number; examples: { imageId: string; name: string; texts: FixedText[] }[] };
  /** Does it as one edit that one undo takes back. */
  fix(code: string, filter: ImageFilter, by: string): Promise<{ changed: number; at: number }>;
  /** How many images in these states are held back from exports, and open findings on images in these states. */
  exportHeld(states: readonly ImageState[]): Promise<{ images: number; open: number }>;
  /** How the texts of an image came to be: those that this person wrote, or of everybody where null. */
  origins(imageId: string, of: string | null): Record<string, TextOrigin>;
  close(): void;
}

/** Typing and clicking come in bursts: one look after each. */
const QUIET_MS = 400;
const PATIENCE_MS = 150;
const EXAMPLES = 12;
const MOST_IMAGES = 100_000;

/** `background`: work also while nobody asks. */
export function createLint(project: Pick<Project, 'db' | 'me' | 'host'>, edits: Pick<Edits, 'change'>, background: boolean): Lint {
  const { db } = project;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;

  async function work(): Promise<void> {
    do {
      again = false;
      for await (const _done of settleStale(db, lintFrame(db), 1)) if (closed || again) break;
    } while (again && !closed);
  }
  function catchUp(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (closed) return Promise.resolve();
    again = running !== null;
    running ??= work().finally(() => (running = null));
    return running;
  }
  function later(): void {
    if (!background || closed) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      catchUp().catch((thrown: unknown) => {
        if (!closed) project.host.log('lint', thrown);
      });
    }, QUIET_MS);
    timer.unref();
  }
  async function caughtUp(patienceMs: number): Promise<void> {
    await Promise.race([catchUp(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  }

  function numOf(imageId: string): number {
    const num = imageNum(db, imageId);
    if (num === undefined) throw new AppError('not-found', `no image ${imageId}`, { key: 'no-image' });
    return num;
  }
  const context = (imageId: string) => lintContext(db, lintFrame(db), numOf(imageId));
  /** Ops that fix every finding of the rule that nobody dismissed. */
  function opsOf(code: string, imageId: string, doc: Doc) {
    const dismissed = new Set(doc.dismissal.filter((row) => row.code === code).map((row) => row.subjectId));
    return fixAll(doc, code, context(imageId), (finding) => dismissed.has(finding.subjectId));
  }
  function fixable(code: string, filter: ImageFilter): string[] {
    if (ruleOf(code)?.fix === undefined) throw new AppError('invalid', `no fix for ${code}`, { key: 'no-fix' });
    return imageIds(db, { ...filter, finding: code }, 0, MOST_IMAGES);
  }

  return {
    noticed: (notice) => {
      if (notice.topic === 'images' || notice.topic === 'project') later();
    },
    caughtUp,
    context,
    async summary() {
      await caughtUp(PATIENCE_MS);
      const frame = lintFrame(db);
      const { datasheet } = readSettings(db);
      const total = sql(db, 'SELECT count(*) FROM image WHERE excluded = 0').pluck().get() as number;
      return { total, stale: countStale(db, frame.rules), codes: countCodes(db), dismissals: countDismissals(db), project: licenceMissing(datasheet) };
    },
    findings: (code, offset, limit) => findingPage(db, code, offset, limit),
    previewFix(code, filter) {
      const ids = fixable(code, filter);
      const examples = ids.slice(0, EXAMPLES).flatMap((imageId) => {
        const num = numOf(imageId);
        const doc = loadDoc(db, num);
        const ops = opsOf(code, imageId, doc);
        const { name } = sql(db, 'SELECT name FROM image WHERE num = ?').get(num) as { name: string };
        return ops.length === 0 ? [] : [{ imageId, name, texts: fixedTexts(doc, applyOps(doc, ops).doc) }];
      });
      return { images: ids.length, examples };
    },
    fix: (code, filter, by) => edits.change(fixable(code, filter), newId(), (imageId, doc) => opsOf(code, imageId, doc), by),
    async exportHeld(states) {
      await caughtUp(PATIENCE_MS);
      return countHeld(db, states, codesThat(db, 'export'));
    },
    origins(imageId, of) {
      const { origins } = context(imageId);
      const doc = loadDoc(db, numOf(imageId));
      const threads = new Map(doc.thread.map((thread) => [thread.id, thread.authorId]));
      const authors = new Map([
        ...doc.caption.map((row) => [row.id, row.authorId] as const),
        ...doc.turn.map((row) => [row.id, threads.get(row.threadId) ?? ''] as const),
      ]);
      return Object.fromEntries([...origins].filter(([id]) => authors.has(id) && (of === null || authors.get(id) === of)));
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
