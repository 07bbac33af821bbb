import { expect, test } from 'vitest';
import { allowedNames, isLoopback, nameOf } from './addresses.ts';

test('only addresses that no other machine reaches count as loopback', () => {
  for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', '::1', '[::1]']) expect([host, isLoopback(host)]).toEqual([host, true]);
  for (const host of ['0.0.0.0', '::', '192.168.1.4', '127.evil.example', 'localhost.evil.example', ''])
    expect([host, isLoopback(host)]).toEqual([host, false]);
});

test('a Host header is read as a browser writes it, and anything else is none', () => {
  expect(nameOf('localhost:4747')).toBe('localhost');
  expect(nameOf('[::1]:80')).toBe('[::1]');
  expect(nameOf('LocalHost')).toBe('localhost');
  for (const odd of [undefined, '', 'a b', 'localhost/evil', 'user@localhost', 'localhost:port', 'localhost#x', 'localhost?x'])
    expect([odd, nameOf(odd)]).toEqual([odd, null]);
});

test('a server that others on the network reach may be called by this machine’s own names', () => {
  expect(allowedNames('127.0.0.1').has('192.168.1.4')).toBe(false);
  expect(allowedNames('192.168.1.4').has('192.168.1.4')).toBe(true);
  expect(allowedNames('fd00::7').has('[fd00::7]')).toBe(true);
  expect(allowedNames('0.0.0.0').has('127.0.0.1')).toBe(true);
});
