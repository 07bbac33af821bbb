import { expect, test } from 'vitest';
import { type Command, createRegistry } from './registry.ts';

const command = (id: string, run: () => void | Promise<void> = () => {}, more: Partial<Command> = {}): Command => ({
  id,
  title: 'commands.help',
  section: 'app',
  run,
  ...more,
});

test('a command registered later hides the one of the same id until it is taken out', () => {
  const registry = createRegistry();
  const ran: string[] = [];
  registry.register([command('app.undo', () => void ran.push('first'))]);
  const takeOut = registry.register([command('app.undo', () => void ran.push('second'))]);
  registry.run('app.undo');
  takeOut();
  registry.run('app.undo');
  expect(ran).toEqual(['second', 'first']);
  expect(registry.all()).toHaveLength(1);
});

test('what is unknown or not enabled does not run, and says so', () => {
  const registry = createRegistry();
  const ran: string[] = [];
  registry.register([command('a', () => void ran.push('a'), { enabled: () => false }), command('b', () => void ran.push('b'))]);
  expect([registry.run('a'), registry.run('b'), registry.run('c')]).toEqual([false, true, false]);
  expect(ran).toEqual(['b']);
});

test('what a command throws, at once or later, goes to onError and nowhere else', async () => {
  const registry = createRegistry();
  const seen: string[] = [];
  registry.onError = (thrown, { id }) => void seen.push(`${id}: ${(thrown as Error).message}`);
  registry.register([
    command('now', () => {
      throw new Error('now');
    }),
    command('later', () => Promise.reject(new Error('later'))),
  ]);
  expect([registry.run('now'), registry.run('later')]).toEqual([true, true]);
  await Promise.resolve();
  await Promise.resolve();
  expect(seen.sort()).toEqual(['later: later', 'now: now']);
});

test('subscribers hear of every change, and the list stays the same object while nothing changes', () => {
  const registry = createRegistry();
  let heard = 0;
  const end = registry.subscribe(() => heard++);
  const takeOut = registry.register([command('a')]);
  expect(registry.all()).toBe(registry.all());
  takeOut();
  end();
  registry.register([command('b')]);
  expect(heard).toBe(2);
});
