/** Collects what an import found out and writes it in few transactions: a commit is a disk sync, and 64 images take under 20 ms. */
import type { Refusal } from '../../../shared/domain/image.ts';
import { emptyDoc } from '../../../shared/domain/model.ts';
import { addProblem, forgetFile, imageFileBySha, insertImage, placeImage, rememberFile } from '../db/files.ts';
import { indexImage } from '../db/search.ts';
import type { Inspected } from '../media/messages.ts';
import type { Project } from '../project.ts';
import type { Place } from './place.ts';

export type Outcome =
  | { readonly order: number; readonly name: string; readonly outcome: 'known' }
  | { readonly order: number; readonly name: string; readonly outcome: 'refused'; readonly reason: Refusal; readonly detail: string | null }
  | {
      readonly order: number;
      readonly name: string;
      readonly outcome: 'read';
      readonly path: string;
      readonly image: Inspected;
      readonly place: Place;
      /** Where the copy lies, relative to the media folder, or null where the file stays where it is. */
      readonly copy: string | null;
    };
export interface Counts {
  added: number;
  duplicates: number;
  known: number;
  refused: number;
  relinked: number;
}
export interface Batch {
  readonly counts: Readonly<Counts>;
  add(outcome: Outcome): void;
  /** Writes the rest. */
  close(): void;
}
const SIZE = 64;
const WAIT_MS = 200;
const NOTIFY_MS = 500;

export function createBatch(project: Project, jobId: string): Batch {
  const { db } = project;
  const counts: Counts = { added: 0, duplicates: 0, known: 0, refused: 0, relinked: 0 };
  let waiting: Outcome[] = [];
  /** What ended before a file that was found earlier: it waits, so that the same folder always goes in in the same order. */
  const early = new Map<number, Outcome>();
  let nextOrder = 0;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown = null;
  let notifiedAt = 0;

  function write(outcome: Outcome): keyof Counts {
    if (outcome.outcome === 'known') return 'known';
    if (outcome.outcome === 'refused') {
      addProblem(db, { jobId, name: outcome.name, reason: outcome.reason, detail: outcome.detail });
      return 'refused';
    }
    const { image, path, name, copy } = outcome;
    const at = { path: copy ?? path, copied: copy !== null };
    const added = insertImage(db, { ...image, ...at, name }, Date.now());
    const known = added ? null : imageFileBySha(db, image.sha256)!;
    // Nobody wrote anything about it yet: reading nine tables for that took as long as writing the rest.
    if (added) indexImage(db, added.num, emptyDoc(added.id));
    const num = added?.num ?? known!.num;
    if (outcome.place === 'moved' && known?.copied === 0 && known.path !== path) forgetFile(db, known.path);
    rememberFile(db, { path, name, imageNum: num, sizeBytes: image.sizeBytes, mtimeMs: image.mtimeMs });
    if (added) return 'added';
    if (outcome.place === 'moved' || (outcome.place === 'same' && known!.missing === 1)) {
      placeImage(db, num, at.path, at.copied);
      return 'relinked';
    }
    return outcome.place === 'same' ? 'known' : 'duplicates';
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const outcomes = waiting;
    waiting = [];
    const before = counts.added + counts.relinked;
    const written = db.transaction(() => outcomes.map(write))();
    for (const count of written) counts[count]++;
    if (counts.added + counts.relinked > before) notify();
  }

  function notify(last = false): void {
    const now = Date.now();
    if (!last && now - notifiedAt < NOTIFY_MS) return;
    notifiedAt = now;
    project.notify({ topic: 'images', imageIds: 'all', by: null });
  }

  return {
    counts,
    add(outcome) {
      if (failure !== null) throw failure;
      early.set(outcome.order, outcome);
      for (let due = early.get(nextOrder); due !== undefined; due = early.get(nextOrder)) {
        waiting.push(due);
        early.delete(nextOrder++);
      }
      if (waiting.length >= SIZE) return flush();
      timer ??= setTimeout(() => {
        try {
          flush();
        } catch (thrown) {
          failure = thrown;
        }
      }, WAIT_MS);
    },
    close() {
      // After a cancel or a failure some have gaps before them.
      waiting.push(...[...early.values()].toSorted((a, b) => a.order - b.order));
      early.clear();
      flush();
      if (counts.added + counts.relinked > 0) notify(true);
      if (failure !== null) throw failure;
    },
  };
}
