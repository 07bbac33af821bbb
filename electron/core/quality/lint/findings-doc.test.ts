import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintRules } from '../../../../shared/domain/lint/lint.ts';

test('the documentation names every rule with its severity, what it holds back and whether there is a fix', () => {
  const text = readFileSync(new URL('../../../../docs/findings.md', import.meta.url), 'utf8');
  const told = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, code, , severity, blocks, fix]) => [code, severity, blocks, fix].join(' '));
  const rules = lintRules.map(
    ({ code, severity, offByDefault, blocks, fix }) => `\`${code}\` ${severity}${offByDefault ? ', off' : ''} ${blocks} ${fix ? 'yes' : 'no'}`,
  );
  expect(told.toSorted()).toEqual(rules.toSorted());
});
