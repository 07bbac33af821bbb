/** Who gets which image, by rule: every image once, a share of them by several people blind, gold images in between. Balanced, and the same for the same seed. */
import { z } from 'zod';
import { idSchema } from './model.ts';
import { hashText } from './ops.ts';

export const assignRuleSchema = z.strictObject({
  /** Who annotates. */
  personIds: z.array(idSchema).min(1).max(200),
  /** Share of the images that several people get blind. */
  share: z.number().min(0).max(1).default(0),
  /** How many people get each of those. */
  people: z.int().min(2).max(10).default(2),
  /** One gold image after so many others; 0: none. */
  goldEvery: z.int().min(0).max(1000).default(0),
  /** Another seed, another choice. */
  seed: z.string().max(100).default(''),
});
export type AssignRule = z.infer<typeof assignRuleSchema>;

export interface PlannedImage {
  readonly imageId: string;
  readonly personIds: readonly string[];
  readonly blind: boolean;
}
export interface AssignPlan {
  readonly images: readonly PlannedImage[];
  /** How many each person would get, and how many of those blind. */
  readonly perPerson: readonly { readonly personId: string; readonly images: number; readonly blind: number }[];
}

/** A number from 0 to 1 (exclusive) that depends on the seed and the id alone. FNV-1a by itself is uneven in its high bits: mixed as in MurmurHash3's end. */
function chance(seed: string, id: string): number {
  let hash = hashText(`${seed}\n${id}`);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Images between two yields: about 3 ms with 4 people, 15 ms with 200. */
const STEP = 500;

/**
 * The plan for these images. `gold`: images whose right answers are known; each person gets one of them after `goldEvery` others, blind and in no order that
 * tells them apart, as long as there are any. Loads differ by at most one among people who can take an image. Yields so that others are served meanwhile.
 */
export function* planInSteps(imageIds: readonly string[], gold: readonly string[], rule: AssignRule): Generator<void, AssignPlan> {
  const people = [...new Set(rule.personIds)].sort((a, b) => chance(rule.seed, a) - chance(rule.seed, b));
  const load = new Map(people.map((id) => [id, { images: 0, blind: 0 }]));
  const isGold = new Set(gold);
  const each = Math.min(rule.people, people.length);
  const order = yield* inOrder(
    imageIds.filter((id) => !isGold.has(id)),
    rule.seed,
  );
  // Exactly the share, not about it: the first of a random order.
  const shared = each < 2 ? 0 : Math.round(order.length * rule.share);
  const images: PlannedImage[] = [];
  for (const [index, imageId] of order.entries()) {
    if (index % STEP === STEP - 1) yield;
    const blind = index < shared;
    const personIds = leastLoaded(people, load, blind ? each : 1, Math.floor(chance(imageId, rule.seed) * people.length));
    for (const personId of personIds) give(load.get(personId)!, blind);
    images.push({ imageId, personIds, blind });
  }
  const perPerson = () => people.map((personId) => ({ personId, ...load.get(personId)! }));
  const golden = new Map(goldFor(people, gold, rule, load).map((one) => [one.imageId, one]));
  if (golden.size === 0) return { images, perPerson: perPerson() };
  // Given among the others: what came last would be known by it.
  const planned = new Map(images.map((one) => [one.imageId, one]));
  const mixed = yield* inOrder([...planned.keys(), ...golden.keys()], `${rule.seed} mixed`);
  return { images: mixed.map((id) => planned.get(id) ?? golden.get(id)!), perPerson: perPerson() };
}

/** Ids in the order of their chances: put into so many heaps first, each of which is sorted in no time. */
const HEAPS = 256;
function* inOrder(ids: readonly string[], seed: string): Generator<void, string[]> {
  const heaps = Array.from({ length: HEAPS }, (): { id: string; at: number }[] => []);
  for (const [index, id] of ids.entries()) {
    if (index % 5000 === 4999) yield;
    const at = chance(seed, id);
    heaps[Math.floor(at * HEAPS)]!.push({ id, at });
  }
  const order: string[] = [];
  for (const heap of heaps) {
    heap.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    for (const { id } of heap) order.push(id);
    if (heap.length > 100) yield;
  }
  return order;
}

/** So many people with the least to do; of those with the same, the first ones from `from` on, which is another place for each image. */
function leastLoaded(people: readonly string[], load: ReadonlyMap<string, Load>, count: number, from: number): string[] {
  const taken: string[] = [];
  while (taken.length < count) {
    let best: string | null = null;
    for (let step = 0; step < people.length; step++) {
      const person = people[(from + step) % people.length]!;
      if (!taken.includes(person) && (best === null || load.get(person)!.images < load.get(best)!.images)) best = person;
    }
    taken.push(best!);
  }
  return taken;
}

type Load = { images: number; blind: number };
function give(load: Load, blind: boolean): void {
  load.images++;
  if (blind) load.blind++;
}

function goldFor(people: readonly string[], gold: readonly string[], { goldEvery, seed }: AssignRule, load: ReadonlyMap<string, Load>): PlannedImage[] {
  if (goldEvery === 0 || gold.length === 0) return [];
  const byImage = new Map<string, string[]>();
  for (const personId of people) {
    const due = Math.floor(load.get(personId)!.images / goldEvery);
    const own = [...gold].sort((a, b) => chance(seed + personId, a) - chance(seed + personId, b)).slice(0, due);
    for (const imageId of own) {
      byImage.set(imageId, [...(byImage.get(imageId) ?? []), personId]);
      give(load.get(personId)!, true);
    }
  }
  return [...byImage].map(([imageId, personIds]) => ({ imageId, personIds, blind: true }));
}
