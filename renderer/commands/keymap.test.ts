import { expect, test } from 'vitest';
import { type CommandFacts, conflictsOf, keysOfPress, meet, sameSpelling, withKey } from './keymap.ts';
import { createRegistry } from './registry.ts';

const facts = (id: string, section: CommandFacts['section'], keys: string[], inText = false): CommandFacts => ({
  id,
  title: 'commands.help',
  section,
  keys,
  inText,
});
const press = (key: string, code: string, mods: string[] = [], more: { isComposing?: boolean; keyCode?: number } = {}) =>
  keysOfPress({
    key,
    code,
    ctrlKey: mods.includes('c'),
    metaKey: mods.includes('m'),
    altKey: mods.includes('a'),
    shiftKey: mods.includes('s'),
    isComposing: false,
    keyCode: 0,
    ...more,
  });

test('a key press is read as commands name it', () => {
  expect(press('k', 'KeyK', ['c'])).toBe('$mod+KeyK');
  expect(press('K', 'KeyK', ['c', 's'])).toBe('$mod+Shift+KeyK');
  expect(press('r', 'KeyR')).toBe('r');
  expect(press('R', 'KeyR', ['s'])).toBe('Shift+r');
  expect(press('?', 'Slash', ['s'])).toBe('[Shift]+?');
  expect(press('ArrowRight', 'ArrowRight', ['a'])).toBe('Alt+ArrowRight');
  // On a Russian layout the letter differs, the key does not.
  expect(press('л', 'KeyK', ['c'])).toBe('$mod+KeyK');
});

test('a modifier alone, and a key that an input method has, is no key yet', () => {
  expect(press('Shift', 'ShiftLeft', ['s'])).toBeNull();
  expect(press('k', 'KeyK', [], { isComposing: true })).toBeNull();
  expect(press('Process', 'KeyK', [], { keyCode: 229 })).toBeNull();
});

test('two spellings of one press are the same', () => {
  expect(sameSpelling('$mod+KeyK')).toBe(sameSpelling('$mod+k'));
  expect(sameSpelling('[Shift]+?')).toBe('?');
  expect(sameSpelling('$mod+Shift+KeyZ')).toBe(sameSpelling('Shift+$mod+z'));
  expect(sameSpelling('$mod+Comma')).toBe(sameSpelling('$mod+,'));
  expect(sameSpelling('p')).not.toBe(sameSpelling('Shift+p'));
});

test('keys conflict only where both commands can be meant', () => {
  expect(meet('gallery', 'points')).toBe(false);
  expect(meet('caption', 'questions')).toBe(false);
  expect(meet('image', 'questions')).toBe(true);
  expect(meet('app', 'gallery')).toBe(true);
  const point = facts('points.tool', 'points', ['p']);
  const play = facts('gallery.play', 'gallery', ['p']);
  const palette = facts('app.palette', 'app', ['$mod+KeyK'], true);
  const known = [point, play, palette];
  expect(conflictsOf(facts('image.print', 'image', []), 'p', known, {})).toEqual([{ kind: 'command', command: point }]);
  expect(conflictsOf(facts('gallery.print', 'gallery', []), 'p', known, {})).toEqual([{ kind: 'command', command: play }]);
  expect(conflictsOf(play, '$mod+k', known, {})).toEqual([{ kind: 'command', command: palette }]);
  // Once another key was given to it, the old one is free.
  expect(conflictsOf(facts('image.print', 'image', []), 'p', known, { 'points.tool': ['d'] })).toEqual([]);
  expect(conflictsOf(facts('image.print', 'image', []), 'd', known, { 'points.tool': ['d'] })).toHaveLength(1);
});

test('a command that works in text can’t take the keys with which one writes', () => {
  expect(conflictsOf(facts('image.next', 'image', [], true), '$mod+KeyV', [], {})).toEqual([{ kind: 'editing' }]);
  expect(conflictsOf(facts('image.next', 'image', [], false), '$mod+KeyV', [], {})).toEqual([]);
});

test('taking a key over takes it from the other command, and the registry follows', () => {
  const a = facts('a', 'image', ['p', 'F8']);
  const b = facts('b', 'image', ['d']);
  const keymap = withKey({}, a, 'd', [b]);
  expect(keymap).toEqual({ a: ['d', 'F8'], b: [] });
  const registry = createRegistry();
  const command = { title: 'commands.help', section: 'image', run: () => {} } as const;
  registry.register([
    { ...command, id: 'a', keys: a.keys },
    { ...command, id: 'b', keys: b.keys },
  ]);
  registry.setKeymap(keymap);
  expect(registry.all().map(({ id, keys }) => [id, keys])).toEqual([
    ['b', []],
    ['a', ['d', 'F8']],
  ]);
  expect(registry.known().find(({ id }) => id === 'a')!.keys).toEqual(['p', 'F8']);
  registry.setKeymap({});
  expect(registry.get('b')!.keys).toEqual(['d']);
});
