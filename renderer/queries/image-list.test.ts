import { expect, test } from 'vitest';
import { type ImageCard, type ImageFilter, imageFilterSchema } from '../../shared/domain/image.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { createImageLists, filterKey } from './image-list.ts';

const filter = (values: Partial<ImageFilter> = {}) => imageFilterSchema.parse(values);
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
/** A core whose list holds `total` images, named by the searched text; it answers when told to. */
function core(total: number) {
  const waiting: (() => void)[] = [];
  const calls: string[] = [];
  const card = (text: string, index: number) => ({ id: `${text}${index}` }) as ImageCard;
  const client = {
    call: (method: string, input: { filter: ImageFilter; offset: number; limit: number }, signal?: AbortSignal) => {
      calls.push(method);
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
        const numbers = Array.from({ length: Math.max(0, Math.min(input.limit, total - input.offset)) }, (_, at) => input.offset + at);
        waiting.push(() =>
          resolve(
            method === 'images.ids'
              ? { ids: numbers.map((at) => `${input.filter.text}${at}`) }
              : { total, images: numbers.map((at) => card(input.filter.text, at)) },
          ),
        );
      });
    },
  } as unknown as Pick<Client, 'call'>;
  const answer = async () => {
    for (const resolve of waiting.splice(0)) resolve();
    await settle();
  };
  return { client, answer, calls };
}

test('the list before stays until the first page of the next one is there', async () => {
  const { client, answer } = core(1000);
  const lists = createImageLists(client);
  lists.show('project', filter());
  expect(lists.current()).toMatchObject({ total: null, pending: true });
  await answer();
  expect(lists.current()).toMatchObject({ total: 1000, pending: false });
  lists.show('project', filter({ text: 'dog' }));
  expect(lists.current().get(0)?.id).toBe('0');
  expect(lists.current().pending).toBe(true);
  await answer();
  expect(lists.current().get(0)?.id).toBe('dog0');
  expect(lists.current().filter?.text).toBe('dog');
});

test('of two searches in quick succession only the later one is ever shown', async () => {
  const { client, answer } = core(10);
  const lists = createImageLists(client);
  const seen: (string | undefined)[] = [];
  lists.subscribe(() => seen.push(lists.current().filter?.text));
  lists.show('project', filter({ text: 'd' }));
  lists.show('project', filter({ text: 'do' }));
  await answer();
  expect(lists.current().filter?.text).toBe('do');
  expect(seen).not.toContain('d');
});

test('what acts on a list can wait for the one that was asked for last', async () => {
  const { client, answer } = core(10);
  const lists = createImageLists(client);
  lists.show('project', filter());
  await answer();
  lists.show('project', filter({ text: 'dog' }));
  const settled = lists.settled();
  await answer();
  expect((await settled).filter?.text).toBe('dog');
  expect(await lists.settled()).toBe(lists.current());
});

test('going back to the list that is still shown drops the other one', async () => {
  const { client, answer, calls } = core(10);
  const lists = createImageLists(client);
  lists.show('project', filter());
  await answer();
  lists.show('project', filter({ text: 'dog' }));
  lists.show('project', filter());
  expect(lists.current().pending).toBe(false);
  await answer();
  expect(lists.current().filter?.text).toBe('');
  expect(calls).toHaveLength(2);
});

test('images of another project are never shown', async () => {
  const { client, answer } = core(10);
  const lists = createImageLists(client);
  lists.show('one', filter());
  await answer();
  lists.show('two', filter());
  expect(lists.current().total).toBeNull();
  expect(lists.current().get(0)).toBeUndefined();
});

test('ids come from what is at hand, and from the core where that does not reach', async () => {
  const { client, answer, calls } = core(1000);
  const lists = createImageLists(client);
  lists.show('project', filter());
  await answer();
  expect(await lists.ids(3, 5)).toEqual(['3', '4', '5']);
  expect(calls).not.toContain('images.ids');
  const all = lists.ids(0, 999);
  await answer();
  expect(await all).toHaveLength(1000);
  expect(calls).toContain('images.ids');
  expect(lists.find('7')).toBe(7);
  expect(lists.find('900')).toBe(-1);
});

test('filters that show the same list have the same key', () => {
  const full = filter({ text: 'dog', states: ['returned', 'draft'], label: 'dog' });
  expect(filterKey({ ...full, states: ['draft', 'returned'], text: ' dog ' })).toBe(filterKey(full));
  expect(filterKey({ ...full, label: null })).not.toBe(filterKey(full));
});
