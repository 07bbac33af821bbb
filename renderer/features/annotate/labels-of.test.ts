import { expect, test } from 'vitest';
import { labelsOf } from './labels-of.ts';

test('labels are parted by commas of either width, and each counts once', () => {
  expect(labelsOf('lion, tiger ,  polar  bear,, lion')).toEqual(['lion', 'tiger', 'polar bear']);
  expect(labelsOf('ライオン、虎，熊；狼')).toEqual(['ライオン', '虎', '熊', '狼']);
  expect(labelsOf(' , ')).toEqual([]);
});
