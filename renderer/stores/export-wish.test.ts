import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
});
const fresh = () => import('./export-wish.ts');

test('how an export is made outlasts the window; whose work and which release do not outlast the project', async () => {
  kept.clear();
  const first = await fresh();
  first.exportWishOf('one');
  first.changeExportWish({ profile: 'llava', validationShare: 0.2, labels: ['dog'], release: 'v1', folder: '/a' });
  expect(first.exportWish()).toMatchObject({ profile: 'llava', labels: ['dog'], release: 'v1' });
  first.exportWishOf('two');
  expect(first.exportWish()).toMatchObject({ profile: 'llava', validationShare: 0.2, labels: null, release: null, folder: null });
  const second = await fresh();
  expect(second.exportWish()).toMatchObject({ profile: 'llava', validationShare: 0.2, labels: null, people: null });
});

test('what was kept and is damaged, or from another version, is dropped', async () => {
  for (const text of ['{', '{"profile":"of-a-later-version"}', 'null']) {
    kept.set('pointillist.export', text);
    expect((await fresh()).exportWish()).toMatchObject({ profile: 'molmo-folders', validationShare: 0.05 });
  }
});

test('no state at all is a choice that is not finished, and is kept as one', async () => {
  kept.clear();
  const { changeExportWish, exportWish } = await fresh();
  changeExportWish({ states: [] });
  expect(exportWish().states).toEqual([]);
});
