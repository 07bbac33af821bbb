import { expect, test } from 'vitest';
import { keyCap } from './key-caps.ts';

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
