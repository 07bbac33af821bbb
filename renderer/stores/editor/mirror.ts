/**
 * What is not saved yet, kept beside the window: a page that dies leaves it for the next one. Events go again under their ids, so that what the core
 * has already is not done twice; what was being typed goes only onto the text it was typed into.
 */
import { setText } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { TextOp } from '../../../shared/domain/ops.ts';
import type { Client } from '../../../shared/rpc/client.ts';
import { toAppError } from '../../../shared/rpc/errors.ts';
import { type PendingEvent, textOf } from './merge.ts';

/** What was typed since the last event, with the text it began from. */
export interface Typing {
  readonly kind: TextOp['kind'];
  readonly id: string;
  readonly text: string;
  readonly base: string;
  readonly groupId: string;
}
export interface Unsaved {
  /** Revision of the image before the first of these events. */
  readonly rev: number;
  readonly events: readonly PendingEvent[];
  readonly typing: Typing | null;
  readonly at: number;
}
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
export interface Mirror {
  keep(imageId: string, rev: number, events: readonly PendingEvent[], typing: Typing | null): void;
  /** Sends what a window left behind; tells how many edits had nothing to change any more. What can't be sent now stays for the next time. */
  recover(client: Pick<Client, 'call'>): Promise<{ readonly images: number; readonly lost: number }>;
}

const PREFIX = 'pointillist.unsaved.';
/** Storage holds 5 MB in all; an edit larger than this is left to the core alone. */
const MOST_CHARACTERS = 1_000_000;
/** Of a project that is not open any more. */
const FORGET_MS = 30 * 24 * 3_600_000;

export function createMirror(storage: Store): Mirror {
  const kept = new Set<string>();
  return {
    keep(imageId, rev, events, typing) {
      if (events.length === 0 && typing === null) {
        if (kept.delete(imageId)) storage.removeItem(PREFIX + imageId);
        return;
      }
      const text = JSON.stringify({ rev, events, typing, at: Date.now() } satisfies Unsaved);
      kept.add(imageId);
      try {
        if (text.length <= MOST_CHARACTERS) storage.setItem(PREFIX + imageId, text);
      } catch {
        // Storage is full: the core has everything but the last moment all the same.
      }
    },
    async recover(client) {
      let images = 0;
      let lost = 0;
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((name) => name?.startsWith(PREFIX));
      for (const name of names) {
        const imageId = name!.slice(PREFIX.length);
        const unsaved = parse(storage.getItem(name!));
        if (kept.has(imageId)) continue;
        if (unsaved === null || Date.now() - unsaved.at > FORGET_MS) {
          storage.removeItem(name!);
          continue;
        }
        try {
          lost += await send(client, imageId, unsaved);
          images++;
          storage.removeItem(name!);
        } catch (thrown) {
          // An image of another project, or the core is away: it stays. What the core refuses for good never goes.
          if (['invalid', 'forbidden'].includes(toAppError(thrown).code)) storage.removeItem(name!);
        }
      }
      return { images, lost };
    },
  };
}

async function send(client: Pick<Client, 'call'>, imageId: string, { rev, events, typing }: Unsaved): Promise<number> {
  let lost = 0;
  let last = rev;
  for (const { eventId, groupId, ops, baseRev, activeMs, textInput } of events) {
    const result = await client.call('edits.apply', {
      eventId,
      imageId,
      baseRev: baseRev ?? last,
      groupId,
      ops: [...ops],
      ...(activeMs > 0 ? { activeMs } : {}),
      ...(textInput ? { textInput } : {}),
    });
    if (result.status === 'conflict') lost++;
    else last = result.rev;
  }
  if (typing === null) return lost;
  const { doc, rev: now } = await client.call('edits.load', { imageId });
  // Anything newer than what it was typed onto may hold it already, or have taken it back.
  if (now !== last || textOf(doc, typing.kind, typing.id) !== typing.base) return lost;
  const ops = setText(doc, typing.kind, typing.id, typing.text);
  if (ops.length > 0) await client.call('edits.apply', { eventId: newId(), imageId, baseRev: now, groupId: typing.groupId, ops });
  return lost;
}

function parse(text: string | null): Unsaved | null {
  try {
    const value = JSON.parse(text ?? 'null') as Unsaved | null;
    return value && Array.isArray(value.events) ? value : null;
  } catch {
    return null;
  }
}
