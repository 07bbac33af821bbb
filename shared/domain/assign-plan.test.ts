import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AssignPlan, type AssignRule, assignRuleSchema, planInSteps } from './assign-plan.ts';
import { newId } from './ids.ts';

const people = Array.from({ length: 4 }, () => newId());
const images = Array.from({ length: 1000 }, () => newId());
function planAssignments(ids: readonly string[], gold: readonly string[], how: AssignRule): AssignPlan {
  const steps = planInSteps(ids, gold, how);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
const rule = (change: object = {}) => assignRuleSchema.parse({ personIds: people, ...change });

test('every image is given once, and nobody gets more than one more than another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 4 }), fc.string(), (count, workers, seed) => {
      const plan = planAssignments(images.slice(0, count), [], rule({ personIds: people.slice(0, workers), seed: seed.slice(0, 100) }));
      expect(plan.images.map((one) => one.imageId).sort()).toEqual(images.slice(0, count).sort());
      expect(plan.images.every((one) => one.personIds.length === 1 && !one.blind)).toBe(true);
      const loads = plan.perPerson.map((one) => one.images);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      expect(loads.reduce((sum, load) => sum + load, 0)).toBe(count);
    }),
    { numRuns: 40 },
  );
});

test('exactly the share is given to several different people blind, in balance', () => {
  const plan = planAssignments(images, [], rule({ share: 0.15, people: 3 }));
  const shared = plan.images.filter((one) => one.blind);
  expect(shared).toHaveLength(150);
  expect(shared.every((one) => new Set(one.personIds).size === 3)).toBe(true);
  const loads = plan.perPerson.map((one) => one.images);
  expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  expect(plan.perPerson.reduce((sum, one) => sum + one.blind, 0)).toBe(450);
});

test('where there are fewer people than the rule wants, each of them gets the image; one alone works on nothing blind', () => {
  const two = planAssignments(images, [], rule({ personIds: people.slice(0, 2), share: 0.5, people: 5 }));
  expect(two.images.filter((one) => one.blind).every((one) => one.personIds.length === 2)).toBe(true);
  const one = planAssignments(images, [], rule({ personIds: people.slice(0, 1), share: 0.5 }));
  expect(one.images.some((image) => image.blind)).toBe(false);
});

test('the same seed gives the same plan whatever order the images and people come in, another seed another', () => {
  const plan = planAssignments(images, [], rule({ share: 0.2, seed: 'a' }));
  expect(planAssignments([...images].reverse(), [], rule({ personIds: [...people].reverse(), share: 0.2, seed: 'a' }))).toEqual(plan);
  expect(planAssignments(images, [], rule({ share: 0.2, seed: 'b' })).images).not.toEqual(plan.images);
});

test('each person gets a gold image after so many others, blind and no image twice', () => {
  const gold = Array.from({ length: 30 }, () => newId());
  const plan = planAssignments([...images, ...gold], gold, rule({ goldEvery: 25 }));
  const golden = plan.images.filter((one) => gold.includes(one.imageId));
  expect(golden.every((one) => one.blind && new Set(one.personIds).size === one.personIds.length)).toBe(true);
  for (const person of people) expect(golden.filter((one) => one.personIds.includes(person))).toHaveLength(10);
  expect(plan.perPerson.every((one) => one.images === 260 && one.blind === 10)).toBe(true);
});

test('gold images come among the others: where one stands in the plan does not tell it apart', () => {
  const gold = Array.from({ length: 40 }, () => newId());
  const plan = planAssignments(images, gold, rule({ goldEvery: 25 }));
  const places = plan.images.flatMap(({ imageId }, at) => (gold.includes(imageId) ? [at / plan.images.length] : []));
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  // Of so many places drawn evenly the mean is within 0.5 ± 0.2 but once in ten thousand times; the seed is fixed.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.2);
});

test('a plan for very many images yields every few thousand of them', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `image-${at}`);
  let yields = 0;
  const steps = planInSteps(many, [], rule({ share: 0.1 }));
  while (!steps.next().done) yields++;
  expect(yields).toBeGreaterThan(many.length / 5000 + many.length / 500 - 3);
});
