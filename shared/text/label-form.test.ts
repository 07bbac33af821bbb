import { expect, test } from 'vitest';
import { alikeLabel, labelForm } from './label-form.ts';

test('case, width, spaces, hyphens and English plurals make no other label', () => {
  for (const other of ['Coin', 'coins', ' coin ', 'ＣＯＩＮ']) expect(labelForm(other)).toBe('coin');
  expect(labelForm('traffic-lights')).toBe(labelForm('Traffic light'));
  expect(labelForm('berries')).toBe(labelForm('berry'));
  expect(labelForm('boxes')).toBe(labelForm('box'));
  expect(labelForm('glass')).not.toBe(labelForm('glas'));
  expect(labelForm('bus')).toBe('bus');
  expect(labelForm('ﾈｺ')).toBe(labelForm('ネコ'));
});

test('a label that is there as written needs no warning', () => {
  expect(alikeLabel('coin', ['coin', 'coins'])).toBe(null);
  expect(alikeLabel('coins', ['dog', 'coin'])).toBe('coin');
  expect(alikeLabel('cat', ['dog', 'coin'])).toBe(null);
  expect(alikeLabel('  ', ['dog'])).toBe(null);
});
