/**
 * Figures of the dashboards. What an image adds to them is a list of parts; sums of parts answer every question, and the parts behind a sum name its images.
 * A part belongs to one person, or to everybody together (`personId` null) where several people's parts of an image are one.
 */
import { z } from 'zod';
import { idSchema, imageStates } from './model.ts';

/**
 * What is counted. Dated kinds have a part for each day on which something happened; the others one for each image, on the day it was last worked on.
 * `count` and `value` of a part, by kind:
 */
export const figureKinds = [
  /** An image that somebody worked on. count: edits; value: seconds at work, as far as they were measured. */
  'image',
  /** Dated. count: edits; value: milliseconds at work. */
  'work',
  /** Dated; name: the state. count: how often the image was brought into it, without what was taken back. */
  'step',
  /** Dated; name: the code of the reason. count: how often the image was returned for it, without what was taken back. */
  'reason',
  /** count: captions; value: their words. */
  'caption',
  /** count: questions; value: answers. */
  'questions',
  /** Name: the type of question, '' where nobody said it. count: questions. */
  'type',
  /** Name: the ability asked for, '' where nobody said it. count: questions. */
  'ability',
  /** count: labels pointed at or said to be absent; value: points. */
  'points',
  /** Name: the label. count: sets; value: points. */
  'label',
  /** Name: the label. count: sets that say it is not in the image. */
  'absent',
  /** Dated; name: the verdict. count: proposals. */
  'proposal',
] as const;
export type FigureKind = (typeof figureKinds)[number];
const dated: ReadonlySet<FigureKind> = new Set(['work', 'step', 'reason', 'proposal']);

/** Which work is looked at. Days are numbered from 1970 in the zone of the machine, both ends included. */
export const figureFilterSchema = z.strictObject({
  personId: idSchema.nullable().default(null),
  fromDay: z.int().min(0).max(100_000).nullable().default(null),
  toDay: z.int().min(0).max(100_000).nullable().default(null),
  /** States that the images are in now; none: any. */
  states: z.array(z.enum(imageStates)).max(imageStates.length).default([]),
});
export type FigureFilter = z.infer<typeof figureFilterSchema>;

/** Names the images behind a figure, under the filter that it was counted with. */
export const figureItemsSchema = z.strictObject({
  /** `state`: images that are in one of the states `names` now, worked on or not. */
  kind: z.enum([...figureKinds, 'state']),
  /** null: whatever its name. */
  names: z.array(z.string().max(200)).min(1).max(20).nullable().default(null),
  /** Only parts whose value lies between these, both included. */
  least: z.number().nullable().default(null),
  most: z.number().nullable().default(null),
  filter: figureFilterSchema.prefault({}),
});
export type FigureItems = z.infer<typeof figureItemsSchema>;

/** A value of a distribution, and how many images have it. */
export interface ValueCount {
  readonly value: number;
  readonly images: number;
}
export interface NamedSum {
  readonly name: string;
  readonly images: number;
  readonly count: number;
  readonly value: number;
}
/** A day's or a person's share of the work. `steps`: images brought into each state. */
export interface WorkSum {
  readonly images: number;
  readonly edits: number;
  readonly activeMs: number;
  readonly steps: Readonly<Record<string, number>>;
}
export interface DashboardFigures {
  /** Images that changed and are not in the figures yet; they will be in a moment. */
  readonly pending: number;
  /** Images under the filter: with a person or a time, those worked on; else all that are not taken out of the work. */
  readonly images: number;
  readonly states: readonly { readonly state: string; readonly images: number }[];
  readonly days: readonly ({ readonly day: number } & WorkSum)[];
  readonly people: readonly ({ readonly personId: string; readonly name: string } & WorkSum)[];
  /** Seconds at work on an image, where any were measured. */
  readonly seconds: readonly ValueCount[];
  /** Words of an image's captions. */
  readonly words: readonly ValueCount[];
  /** Images with each kind of work. */
  readonly coverage: { readonly caption: number; readonly questions: number; readonly points: number };
  /** The most used labels, and how many labels there are at all. */
  readonly labels: readonly (NamedSum & { readonly absent: number })[];
  readonly labelCount: number;
  readonly types: readonly NamedSum[];
  readonly abilities: readonly NamedSum[];
  /** Returns by the code of their reason. */
  readonly reasons: readonly NamedSum[];
  readonly proposals: readonly NamedSum[];
  /** Share of images on which proposals are never shown. */
  readonly hiddenShare: number;
  /** First and last day of any work, whatever the filter; null where there was none. */
  readonly span: { readonly fromDay: number; readonly toDay: number } | null;
}

/** What one image adds; see `figureKinds`. */
export interface FigurePart {
  readonly kind: FigureKind;
  readonly name: string;
  /** null: everybody together. */
  readonly personId: string | null;
  readonly day: number;
  /** It is what everybody together did: it counts where no person is asked for. */
  readonly whole: boolean;
  readonly count: number;
  readonly value: number;
}
/** A share of a person in what one image adds. `day` is read for dated kinds only. */
export interface Share {
  readonly kind: FigureKind;
  readonly name: string;
  readonly personId: string;
  readonly day: number;
  readonly count: number;
  readonly value: number;
}

/**
 * Folds the shares of an image's people into its parts. `lastDay`: the day each person last worked on it, and the last of all. A part of one person that
 * is also what everybody together did is one part with `whole`; else there is a part for everybody beside those of the people.
 */
export function partsOf(shares: readonly Share[], lastDay: ReadonlyMap<string, number>): FigurePart[] {
  const last = Math.max(...lastDay.values(), ...(lastDay.size === 0 ? shares.map(({ day }) => day) : []));
  const groups = new Map<string, Map<string | null, { kind: FigureKind; name: string; day: number; count: number; value: number }>>();
  const add = (group: string, personId: string | null, { kind, name, count, value }: Share, day: number) => {
    let people = groups.get(group);
    if (!people) groups.set(group, (people = new Map()));
    const known = people.get(personId);
    if (known) Object.assign(known, { count: known.count + count, value: known.value + value });
    else people.set(personId, { kind, name, day, count, value });
  };
  for (const share of shares) {
    if (share.count === 0 && share.value === 0) continue;
    const isDated = dated.has(share.kind);
    const group = JSON.stringify([share.kind, share.name, isDated ? share.day : 0]);
    add(group, share.personId, share, isDated ? share.day : (lastDay.get(share.personId) ?? last));
    add(group, null, share, isDated ? share.day : last);
  }
  return [...groups.values()].flatMap((people) => {
    const everybody = people.get(null)!;
    people.delete(null);
    const own = [...people].map(([personId, part]) => ({ ...part, personId, whole: people.size === 1 && part.day === everybody.day }));
    return own[0]?.whole ? own : [...own, { ...everybody, personId: null, whole: true }];
  });
}

/** An entry of an image's log as far as figures go: the states that it brought the image, or somebody's work on it, into, each once, and why it was returned. */
export interface LoggedStep {
  readonly personId: string;
  readonly at: number;
  readonly activeMs: number | null;
  readonly groupId: string;
  readonly action: 'edit' | 'undo' | 'redo';
  readonly refGroupId: string | null;
  readonly states: readonly string[];
  readonly reasons: readonly string[];
}

/** What people did on an image, from its log in the order of replay. A step that was undone counts no more, one that was redone counts on its first day. */
export function workShares(steps: readonly LoggedStep[], dayOf: (at: number) => number): Share[] {
  const undone = new Set<string>();
  const shares: Share[] = [];
  const taken: { groupId: string; share: Share }[] = [];
  for (const { personId, at, activeMs, groupId, action, refGroupId, states, reasons } of steps) {
    const day = dayOf(at);
    const ms = activeMs ?? 0;
    shares.push({ kind: 'work', name: '', personId, day, count: 1, value: ms }, { kind: 'image', name: '', personId, day, count: 1, value: ms });
    if (action === 'undo') undone.add(refGroupId!);
    else if (action === 'redo') undone.delete(refGroupId!);
    else {
      const take = (kind: FigureKind, name: string) => taken.push({ groupId, share: { kind, name, personId, day, count: 1, value: 0 } });
      for (const state of states) take('step', state);
      for (const reason of reasons) take('reason', reason);
    }
  }
  return [...shares, ...taken.filter(({ groupId }) => !undone.has(groupId)).map(({ share }) => share)];
}

/** The number of the day in this machine's zone, from 1970. */
export function localDay(at: number): number {
  const date = new Date(at);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
