/** The open image's document: edits show at once, go to the core in order, and are kept until they are saved. One editor a window. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { asDraft, setText } from '../../shared/domain/authoring.ts';
import { newId } from '../../shared/domain/ids.ts';
import { type Doc, emptyDoc } from '../../shared/domain/model.ts';
import type { Op, TextOp } from '../../shared/domain/ops.ts';
import { permits, refusalOf } from '../../shared/domain/permissions.ts';
import type { Me } from '../../shared/domain/project.ts';
import type { TextWay } from '../../shared/domain/text-origin.ts';
import type { Client } from '../../shared/rpc/client.ts';
import type { ChangeNotice } from '../../shared/rpc/contract.ts';
import { type AppError, toAppError } from '../../shared/rpc/errors.ts';
import { type Change, describeChange } from './editor/describe.ts';
import { mergeText, textOf } from './editor/merge.ts';
import type { Mirror } from './editor/mirror.ts';
import { createOutbox, type Outbox } from './editor/outbox.ts';
import { charactersPut, createTextWays } from './editor/text-ways.ts';
import { createBursts } from './editor/typing.ts';

/** Typing goes to the core this long after the first key that has not: with the commit well under the 500 ms that a crash may cost. */
export const TYPING_MS = 300;
/** Notices of changes arrive for our own edits too: look once, when it is quiet. */
const NOTICE_MS = 1200;

/** What the editor has to say, quietly. Each is a key below `annotate.notice`. */
export type Notice =
  | { readonly key: 'undone' | 'redone'; readonly change: Change }
  | { readonly key: 'nothing-to-undo' | 'nothing-to-redo' | 'blocked' | 'undo-offline' | 'merged' | 'merged-dropped' | 'held-back' | 'closed' | 'others-work' };
export interface EditorState {
  readonly imageId: string | null;
  readonly status: 'none' | 'loading' | 'ready' | 'failed';
  readonly loadError: AppError | null;
  readonly rev: number;
  readonly doc: Doc;
  /** Edits of all images that are not saved yet, the one being typed among them. */
  readonly unsaved: number;
  readonly saveError: AppError | null;
  readonly savedAt: number | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notice: Notice | null;
  /** Goes up when texts changed other than by typing here: fields take their text anew. */
  readonly textEpoch: number;
}
export interface DispatchOptions {
  /** Undone together with the last edit: tidying up after it. */
  readonly join?: boolean;
  readonly group?: string;
}
export interface Editor {
  readonly store: StoreApi<EditorState>;
  /** Shows an image; edits of the one before go on being saved. */
  open(imageId: string): Promise<void>;
  /** No image is open any more. */
  leave(): void;
  /** Applies ops to the open image and saves them. */
  dispatch(ops: readonly Op[], options?: DispatchOptions): void;
  /** The whole text of a field after a key. Goes into the document a moment later. */
  type(kind: TextOp['kind'], id: string, text: string): void;
  /** Whether it is kept how characters come into texts: where the project says so. */
  gatherText(on: boolean): void;
  /** The text of a field is about to become another in this way. */
  noteText(id: string, way: TextWay, before: string, after: string): void;
  /** The group that a key in this field belongs to, for a row that comes to be by it. */
  typingGroup(kind: TextOp['kind'], id: string): string;
  /** The group that a step of an arrow key belongs to: holding it down is one undo step. */
  nudgeGroup(): string;
  /** Puts what is being typed into the document now. */
  commitTyping(): void;
  /** Does that, and what is typed from now on is another undo step. */
  endTyping(): void;
  /** The text of a field with what is being typed. */
  textNow(kind: TextOp['kind'], id: string): string;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Brings the open image, or one caption of it, back to a revision; says whether anything changed. Throws when the core can't be reached. */
  restore(seq: number, captionId: string | null): Promise<boolean>;
  /** Resolves when everything is saved: true, or false when it can't be for now. */
  flush(): Promise<boolean>;
  retry(): void;
  /** A notice of the change stream. */
  noticed(notice: ChangeNotice): void;
  say(notice: Notice | null): void;
}

const initial: EditorState = {
  imageId: null,
  status: 'none',
  loadError: null,
  rev: 0,
  doc: emptyDoc('00000000-0000-0000-0000-000000000000'),
  unsaved: 0,
  saveError: null,
  savedAt: null,
  canUndo: false,
  canRedo: false,
  notice: null,
  textEpoch: 0,
};

/** Measures how long the person is at work on each image. */
export interface ActiveTime {
  /** What earlier events of the image add up to, in milliseconds. */
  known(imageId: string, ms: number): void;
  /** The milliseconds since the last call for this image; they go with the event that is made now. */
  take(imageId: string): number;
}

/** Makes the editor of a window. */
export function createEditor(
  client: Pick<Client, 'call'>,
  active: ActiveTime | null = null,
  mirror: Mirror | null = null,
  acting: () => Me | null = () => null,
): Editor {
  const store = createStore<EditorState>()(() => initial);
  const outboxes = new Map<string, Outbox>();
  const ways = createTextWays();
  const bursts = createBursts(() => performance.now());
  let draft: { kind: TextOp['kind']; id: string; text: string; base: string; groupId: string; timer: ReturnType<typeof setTimeout> } | null = null;
  let lastGroup: string | null = null;
  let opening = 0;
  let undoing = false;
  // Undo pressed five times quickly is five undos, one after the other.
  let steps = Promise.resolve();
  // This window's name in notices, once it is known.
  let ownName: string | null = null;
  const noticedBy = new Set<string | null>();
  let noticeTimer: ReturnType<typeof setTimeout> | null = null;

  // What a window before this one could not save: sent before anything is read.
  let recovering: Promise<void> | null = null;
  const recover = async () => {
    const found = await mirror?.recover(client);
    if (found && found.lost > 0) say({ key: 'merged-dropped' });
  };
  const keep = (box: Outbox) =>
    mirror?.keep(
      box.imageId,
      box.rev,
      box.pending,
      draft && box === current() ? { kind: draft.kind, id: draft.id, text: draft.text, base: draft.base, groupId: draft.groupId } : null,
    );
  const current = () => outboxes.get(store.getState().imageId ?? '');
  const say = (notice: Notice | null) => store.setState({ notice });
  const publish = () => {
    const box = current();
    let unsaved = draft ? 1 : 0;
    let saveError: AppError | null = null;
    let savedAt = store.getState().savedAt;
    for (const [imageId, entry] of outboxes) {
      unsaved += entry.waiting;
      if (entry.waiting > 0) saveError ??= entry.error;
      savedAt = Math.max(savedAt ?? 0, entry.savedAt ?? 0) || null;
      if (entry !== box && entry.waiting === 0) outboxes.delete(imageId);
    }
    const { rev, doc, canUndo, canRedo } = box ?? store.getState();
    store.setState({ rev, doc, canUndo, canRedo, unsaved, saveError, savedAt });
  };
  // The document changed under the fields: what is being typed is put on top of it, and fields read their text anew.
  const replaced = (before: Doc, after: Doc) => {
    if (before === after) return;
    if (draft) {
      const theirs = textOf(after, draft.kind, draft.id);
      if (theirs === null) dropDraft();
      else if (theirs !== draft.base) Object.assign(draft, { text: mergeText(draft.base, draft.text, theirs), base: theirs });
    }
    const texts = (doc: Doc) => [...doc.caption, ...doc.turn];
    const was = texts(before);
    const is = texts(after);
    if (was.length !== is.length || was.some((row, index) => row.text !== is[index]!.text || row.id !== is[index]!.id)) {
      store.setState((state) => ({ textEpoch: state.textEpoch + 1 }));
    }
  };
  const dropDraft = () => {
    if (draft) clearTimeout(draft.timer);
    draft = null;
  };
  const attach = (loaded: Parameters<typeof createOutbox>[1]): Outbox => {
    let shown = loaded.doc;
    let own = false;
    const box = createOutbox(client, loaded, {
      changed: (entry) => {
        const before = shown;
        shown = entry.doc;
        if (entry === current() && !own && !undoing) replaced(before, shown);
        keep(entry);
        publish();
      },
      merged: (dropped) => say({ key: dropped > 0 ? 'merged-dropped' : 'merged' }),
      held: () => say({ key: 'held-back' }),
    });
    const { push } = box;
    box.push = (ops, groupId) => {
      own = true;
      try {
        push(ops, groupId, active?.take(box.imageId), ways.take(ops));
      } finally {
        own = false;
      }
    };
    outboxes.set(loaded.imageId, box);
    return box;
  };
  const push = (ops: readonly Op[], groupId: string) => {
    const box = current();
    if (!box || ops.length === 0) return;
    const me = acting();
    const edit = asDraft(box.doc, ops, me?.id ?? null);
    const refusal = me && refusalOf(me.role, box.doc, edit, me.id);
    if (refusal) {
      // What stands in a field is what is in the document.
      store.setState((state) => ({ textEpoch: state.textEpoch + 1 }));
      say({ key: refusal.action === 'write-others' && permits(me.role, 'write', refusal.state) ? 'others-work' : 'closed' });
      return;
    }
    lastGroup = groupId;
    const { notice } = store.getState();
    // What an undo did is old news after the next edit; what another window did is not.
    if (notice && 'change' in notice) say(null);
    box.push(edit, groupId);
  };
  const commitTyping = () => {
    if (!draft) return;
    const { kind, id, text, groupId } = draft;
    dropDraft();
    const box = current();
    const ops = box ? setText(box.doc, kind, id, text) : [];
    if (ops.length > 0) push(ops, groupId);
    else {
      if (box) keep(box);
      publish();
    }
  };

  const step = async (method: 'edits.undo' | 'edits.redo') => {
    commitTyping();
    const box = current();
    if (!box) return;
    bursts.end();
    lastGroup = null;
    undoing = true;
    const before = box.doc;
    let notice: Notice | null = null;
    try {
      await box.exclusive(async () => {
        const result = await client.call(method, { imageId: box.imageId });
        if (result.status === 'nothing') notice = { key: method === 'edits.undo' ? 'nothing-to-undo' : 'nothing-to-redo' };
        else if (result.status === 'blocked') notice = { key: 'blocked' };
        else {
          const mine = result.status === 'done' ? result.docs.find((doc) => doc.imageId === box.imageId) : undefined;
          return { ...(mine ?? (await client.call('edits.load', { imageId: box.imageId }))), at: result.at };
        }
        return null;
      });
      notice ??= { key: method === 'edits.undo' ? 'undone' : 'redone', change: describeChange(before, box.doc) };
    } catch {
      notice = { key: 'undo-offline' };
      // It may have been committed all the same.
      box.refresh();
    } finally {
      undoing = false;
    }
    if (box === current()) replaced(before, box.doc);
    publish();
    say(notice);
  };

  return {
    store,
    async open(imageId) {
      if (store.getState().imageId === imageId && store.getState().status === 'ready') return;
      commitTyping();
      bursts.end();
      lastGroup = null;
      const turn = ++opening;
      const known = outboxes.get(imageId);
      if (known) {
        store.setState((state) => ({ imageId, status: 'ready', loadError: null, notice: null, textEpoch: state.textEpoch + 1 }));
        publish();
        known.refresh();
        return;
      }
      store.setState({ imageId, status: 'loading', loadError: null, doc: emptyDoc(imageId), rev: 0, canUndo: false, canRedo: false, notice: null });
      publish();
      try {
        await (recovering ??= recover());
        if (turn !== opening) return;
        const loaded = await client.call('edits.load', { imageId });
        if (turn !== opening) return;
        active?.known(imageId, loaded.activeMs);
        attach(loaded);
        store.setState((state) => ({ status: 'ready', textEpoch: state.textEpoch + 1 }));
        publish();
      } catch (thrown) {
        if (turn === opening) store.setState({ status: 'failed', loadError: toAppError(thrown) });
      }
    },
    leave() {
      commitTyping();
      opening++;
      lastGroup = null;
      store.setState({ imageId: null, status: 'none', loadError: null, notice: null });
      publish();
    },
    dispatch(ops, options = {}) {
      if (ops.length === 0) return;
      commitTyping();
      const joined = options.join ? lastGroup : null;
      if (!options.group && !joined) bursts.end();
      push(ops, options.group ?? joined ?? newId());
    },
    type(kind, id, text) {
      if (draft && (draft.kind !== kind || draft.id !== id)) commitTyping();
      const box = current();
      const base = box ? textOf(box.doc, kind, id) : null;
      if (!box || base === null) return;
      const groupId = bursts.key(`${kind} ${id}`);
      if (draft && draft.groupId !== groupId) commitTyping();
      if (draft) {
        draft.text = text;
        keep(box);
        return;
      }
      draft = { kind, id, text, base: textOf(box.doc, kind, id) ?? base, groupId, timer: setTimeout(commitTyping, TYPING_MS) };
      keep(box);
      publish();
    },
    gatherText: (on) => ways.gather(on),
    noteText: (id, way, before, after) => ways.note(id, way, charactersPut(before, after)),
    typingGroup: (kind, id) => bursts.key(`${kind} ${id}`),
    nudgeGroup: () => bursts.key('nudge'),
    commitTyping,
    endTyping() {
      commitTyping();
      bursts.end();
    },
    textNow(kind, id) {
      if (draft && draft.kind === kind && draft.id === id) return draft.text;
      const box = current();
      return (box && textOf(box.doc, kind, id)) ?? '';
    },
    undo: () => (steps = steps.then(() => step('edits.undo'))),
    redo: () => (steps = steps.then(() => step('edits.redo'))),
    async restore(seq, captionId) {
      commitTyping();
      const box = current();
      if (!box) return false;
      bursts.end();
      lastGroup = null;
      undoing = true;
      const before = box.doc;
      try {
        await box.exclusive(async () => {
          const result = await client.call('edits.restore', { imageId: box.imageId, seq, captionId });
          return result.status === 'restored' ? result : null;
        });
      } finally {
        undoing = false;
      }
      if (box === current()) replaced(before, box.doc);
      publish();
      return box.doc !== before;
    },
    async flush() {
      commitTyping();
      const results = await Promise.all([...outboxes.values()].map((box) => box.drained()));
      return results.every(Boolean);
    },
    retry() {
      for (const box of outboxes.values()) box.kick();
      const { status, imageId } = store.getState();
      if (status === 'failed' && imageId) {
        store.setState({ status: 'none', imageId: null });
        void this.open(imageId);
      }
    },
    noticed(notice) {
      if (notice.topic !== 'images' || (ownName !== null && notice.by === ownName)) return;
      const imageId = store.getState().imageId;
      if (imageId === null || (notice.imageIds !== 'all' && !notice.imageIds.includes(imageId))) return;
      noticedBy.add(notice.by);
      if (noticeTimer !== null) clearTimeout(noticeTimer);
      noticeTimer = setTimeout(() => {
        const names = [...noticedBy];
        noticedBy.clear();
        // A notice behind which nothing new was found is of an edit of ours: from then on that name is known to be this window's.
        current()?.refresh(() => {
          if (names.length === 1 && names[0] != null) ownName = names[0];
        });
      }, NOTICE_MS);
    },
    say,
  };
}
