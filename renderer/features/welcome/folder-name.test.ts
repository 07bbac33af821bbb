import { expect, test } from 'vitest';
import { below, folderName } from './folder-name.ts';

test.each([
  ['Garden set', 'Garden set'],
  ['a/b\\c: "d"?', 'a-b-c- -d--'],
  ['  ..hidden. ', 'hidden'],
  ['庭の写真', '庭の写真'],
  ['con', 'con-project'],
  ['///', '---'],
  [' . ', ''],
])('the project %j goes into the folder %j', (name, folder) => {
  expect(folderName(name)).toBe(folder);
});

test('the folder is named in the way of the machine it is on', () => {
  expect(below('/home/aki/Documents', 'Garden')).toBe('/home/aki/Documents/Garden');
  expect(below('C:\\Users\\aki', 'Garden')).toBe('C:\\Users\\aki\\Garden');
  expect(below('/', 'Garden')).toBe('/Garden');
});
