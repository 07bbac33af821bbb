import { expect, test } from 'vitest';
import { capsOf, keyCap, keyInText } from './key-caps.ts';

test.each([
  ['$mod+KeyK', 'Ctrl K', '⌘K'],
  ['Alt+ArrowRight', 'Alt →', '⌥→'],
  ['Shift+?', '?', '?'],
  ['[Shift]+?', '?', '?'],
  ['$mod+Shift+KeyZ', 'Ctrl Shift Z', '⌘⇧Z'],
  ['$mod+Shift+z', 'Ctrl Shift Z', '⌘⇧Z'],
  ['p', 'P', 'P'],
  ['Digit1', '1', '1'],
  ['+', '+', '+'],
  ['$mod+Comma', 'Ctrl ,', '⌘,'],
  ['Escape', 'Esc', 'Esc'],
  ['F8', 'F8', 'F8'],
])('%s is written %s, and %s on a Mac', (keys, pc, mac) => {
  expect([keyCap(keys, false), keyCap(keys, true)]).toEqual([pc, mac]);
});

test.each([
  [['q', 'Alt+KeyQ'], true, 'Alt+KeyQ'],
  [['[Shift]+?', 'F1'], true, 'F1'],
  [['Shift+?'], true, undefined],
  [['Equal', 'Shift+Equal', '+', 'Space', 'Digit1'], true, undefined],
  [['$mod+Enter'], true, '$mod+Enter'],
  [['PageDown'], true, 'PageDown'],
  [['$mod+a'], false, undefined],
  [[], true, undefined],
])('of %j, inText %s, %s is what works in a text field', (keys, inText, expected) => {
  expect(keyInText({ keys, inText })).toBe(expected);
});

test('a key that is meant by its place and by its sign has one cap', () => {
  expect(capsOf(['Equal', 'Shift+Equal', '+'])).toEqual(['+']);
  expect(capsOf(['$mod+Shift+z', '$mod+y'])).toHaveLength(2);
});
