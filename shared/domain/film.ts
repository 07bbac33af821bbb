/**
 * The log of one image as a film: the document after any number of its events. Keyframes are kept on the way, so that a step costs a few events and a jump
 * no more than those since the keyframe before it.
 */
import { causalityOf } from './causality.ts';
import { compareEvents, type EditEvent } from './events.ts';
import { mergeSteps } from './merge-doc.ts';
import { type Doc, emptyDoc } from './model.ts';
import { applyOps } from './ops.ts';

export interface Film<E extends EditEvent = EditEvent> {
  /** In the order of replay. */
  readonly events: readonly E[];
  /** The document after the first `position` events; 0 is the empty image. Out of bounds is the nearest end. */
  at(position: number): Doc;
}

/** Events from one keyframe to the next. A keyframe of 10,000 points is 80 KB of references, so that 10,000 events keep 12 MB. */
const KEYFRAME = 64;
/** Documents that are kept before a place that one went back to in a merged log: one of 10,000 points takes about 30 ms there, the way to it 100. */
const BACK = 8;
/** Documents of merged logs that are kept besides: going back there means to merge again from the fork. */
const KEPT = 128;

/**
 * `events`: all of one image, in any order. What comes before the first fork of the log is applied step by step; what comes after it is merged, as
 * `docAfter` does it, so that the end is what the project shows.
 */
export function createFilm<E extends EditEvent>(imageId: string, events: readonly E[]): Film<E> {
  const ordered = [...events].sort(compareEvents);
  const causality = causalityOf(ordered);
  const { common } = causality;
  const keyframes: Doc[] = [emptyDoc(imageId)];
  let now = { position: 0, doc: keyframes[0]! };

  /** Up to the fork. */
  function linear(position: number): Doc {
    const nearest = Math.min(keyframes.length - 1, Math.floor(position / KEYFRAME));
    const isNear = now.position <= position && now.position >= nearest * KEYFRAME;
    let { position: from, doc } = isNear ? now : { position: nearest * KEYFRAME, doc: keyframes[nearest]! };
    while (from < position) {
      const to = Math.min(position, (Math.floor(from / KEYFRAME) + 1) * KEYFRAME);
      const ops = ordered.slice(from, to).flatMap((event) => event.ops);
      doc = applyOps(doc, ops).doc;
      from = to;
      if (to === keyframes.length * KEYFRAME) keyframes.push(doc);
    }
    now = { position, doc };
    return doc;
  }

  let merge: ReturnType<typeof mergeSteps> | null = null;
  let merged = common;
  const kept = new Map<number, Doc>();
  function keep(position: number, doc: Doc): Doc {
    kept.set(position, doc);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return doc;
  }
  function afterFork(position: number): Doc {
    const known = kept.get(position);
    if (known) return known;
    const back = merge !== null && position < merged;
    if (!merge || back) {
      merge = mergeSteps(linear(common), ordered, causality);
      merged = common;
    }
    // Who went back one step goes back another: those just before are kept on the way.
    const from = back ? position - BACK : position;
    while (merged < position) {
      merge.apply(merged++);
      if (merged >= from) keep(merged, merge.result());
    }
    return kept.get(position) ?? keep(position, merge.result());
  }

  return {
    events: ordered,
    at: (wanted) => {
      const position = Math.max(0, Math.min(ordered.length, Math.trunc(wanted)));
      return position <= common ? linear(position) : afterFork(position);
    },
  };
}
