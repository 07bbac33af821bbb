import { expect, test, vi } from 'vitest';
import { createClient } from './client.ts';
import { contract } from './contract.ts';
import { AppError } from './errors.ts';
import type { Role } from './method.ts';
import { type Caller, type Handlers, serve } from './server.ts';
import { wirePair } from './wire.ts';

type Some = Partial<Handlers<Caller>>;
function connect(some: Some, roles: Role[] = ['annotate', 'lead', 'local']) {
  const { client, server } = wirePair();
  const onInternal = vi.fn();
  serve(server, some as Handlers<Caller>, { roles: new Set(roles) }, { onInternal });
  return { door: createClient(client), wire: client, server, onInternal };
}
const ID = '01890000-0000-7000-8000-000000000001';

test('a call gives its result, and an error its code, message and details', async () => {
  const { door } = connect({
    'people.rename': ({ name }) => ({ id: ID, name }),
    'people.list': () => {
      throw new AppError('unavailable', 'no project', { key: 'no-project' });
    },
  });
  expect(await door.call('people.rename', { name: '  Ada ' })).toEqual({ id: ID, name: 'Ada' });
  await expect(door.call('people.list', {})).rejects.toMatchObject({ code: 'unavailable', details: { key: 'no-project' } });
});

test('input is validated at the server, whatever the client sends', async () => {
  const handler = vi.fn();
  const { door, wire } = connect({ 'edits.load': handler });
  await expect(door.call('edits.load', { imageId: '../../etc/passwd' })).rejects.toMatchObject({
    code: 'invalid',
    details: { key: 'bad-input', field: 'imageId' },
  });
  const answers: unknown[] = [];
  wire.onMessage((frame) => answers.push(frame));
  wire.send({ t: 'call', id: 900, method: 'toString', input: {} });
  wire.send({ nonsense: true } as never);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  expect(answers[0]).toMatchObject({ t: 'err', id: 900, code: 'invalid' });
  expect(handler).not.toHaveBeenCalled();
});

test('a method of another role is refused before its handler sees it', async () => {
  const handler = vi.fn();
  const { door } = connect({ 'images.import': handler }, ['annotate', 'lead']);
  await expect(door.call('images.import', { paths: ['/etc'], mode: 'reference' })).rejects.toMatchObject({ code: 'forbidden', details: { key: 'role-local' } });
  expect(handler).not.toHaveBeenCalled();
});

test('every method that names a folder of the machine is for the person at that machine', () => {
  const naming = Object.entries(contract).filter(([, method]) => Object.keys(method.input.shape).some((field) => field === 'folder' || field === 'paths'));
  for (const [name, method] of naming) expect(method.role, name).toBe('local');
  expect(naming.length).toBeGreaterThan(3);
});

test('only unforeseen errors are logged', async () => {
  const { door, onInternal } = connect({
    'people.list': () => {
      throw new TypeError('a bug');
    },
  });
  await expect(door.call('people.list', {})).rejects.toMatchObject({ code: 'internal' });
  expect(onInternal).toHaveBeenCalledOnce();
});

test('a stream ends when its signal does, and its generator is left', async () => {
  let left = false;
  const { door } = connect({
    'changes.watch': async function* (_input, _context, signal) {
      try {
        yield { topic: 'jobs' };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      } finally {
        left = true;
      }
    },
  });
  const abort = new AbortController();
  const items: unknown[] = [];
  for await (const item of door.open('changes.watch', {}, abort.signal)) {
    items.push(item);
    abort.abort();
  }
  expect(items).toEqual([{ topic: 'jobs' }]);
  await vi.waitFor(() => expect(left).toBe(true));
});

test('a dropped wire fails what is pending with `unavailable`, and so does every later call', async () => {
  const { door, wire } = connect({ 'people.list': () => new Promise(() => {}) });
  const pending = door.call('people.list', {});
  wire.close();
  await expect(pending).rejects.toMatchObject({ code: 'unavailable' });
  await expect(door.call('people.list', {})).rejects.toMatchObject({ code: 'unavailable' });
});

test('a cancelled call is cancelled at the server too', async () => {
  let aborted = false;
  const { door } = connect({
    'people.list': (_input, _context, signal) => {
      signal.addEventListener('abort', () => (aborted = true), { once: true });
      return new Promise(() => {});
    },
  });
  const abort = new AbortController();
  const pending = door.call('people.list', {}, abort.signal);
  setTimeout(() => abort.abort(), 5);
  await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
  await vi.waitFor(() => expect(aborted).toBe(true));
});
