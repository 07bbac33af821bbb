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

/**
 * The plan for these images. `gold`: images whose right answers are known; each person gets one of them after `goldEvery` others, blind, as long as there
 * are any. Loads differ by at most one among people who can take an image.
 */
export function planAssignments(imageIds: readonly string[], gold: readonly string[], rule: AssignRule): AssignPlan {
  const people = [...new Set(rule.personIds)].sort((a, b) => chance(rule.seed, a) - chance(rule.seed, b));
  const load = new Map(people.map((id) => [id, { images: 0, blind: 0 }]));
  const isGold = new Set(gold);
  const each = Math.min(rule.people, people.length);
  const order = imageIds.filter((id) => !isGold.has(id)).map((id) => ({ id, at: chance(rule.seed, id) }));
  order.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  // Exactly the share, not about it: the first of a random order.
  const shared = each < 2 ? 0 : Math.round(order.length * rule.share);
  const images = order.map(({ id }, index): PlannedImage => {
    const blind = index < shared;
    const personIds = leastLoaded(people, load, blind ? each : 1, Math.floor(chance(id, rule.seed) * people.length));
    for (const personId of personIds) give(load.get(personId)!, blind);
    return { imageId: id, personIds, blind };
  });
  return { images: [...images, ...goldFor(people, gold, rule, load)], perPerson: people.map((personId) => ({ personId, ...load.get(personId)! })) };
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
