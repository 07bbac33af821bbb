/** Keeps how characters came into texts until the edit that holds them is made. Keeps nothing where the project does not gather it. */
import type { Op } from '../../../shared/domain/ops.ts';
import type { TextInput, TextWay } from '../../../shared/domain/text-origin.ts';

export interface TextWays {
  /** Whether the project gathers it; what was kept is forgotten when it does not. */
  gather(on: boolean): void;
  note(id: string, way: TextWay, characters: number): void;
  /** What was noted of the texts that these ops change, which is thereby taken; undefined where nothing was. */
  take(ops: readonly Op[]): TextInput | undefined;
}

export function createTextWays(): TextWays {
  let gathers = false;
  const noted = new Map<string, TextInput[string]>();
  return {
    gather(on) {
      gathers = on;
      if (!on) noted.clear();
    },
    note(id, way, characters) {
      if (!gathers || characters <= 0) return;
      const before = noted.get(id) ?? { typed: 0, pasted: 0, draft: 0, spoken: 0 };
      noted.set(id, { ...before, [way]: before[way] + characters });
    },
    take(ops) {
      if (noted.size === 0) return undefined;
      const taken: TextInput = {};
      for (const op of ops) {
        if (op.op !== 'text' && !(op.op === 'add' && (op.kind === 'caption' || op.kind === 'turn'))) continue;
        const id = op.op === 'text' ? op.id : op.row.id;
        const input = noted.get(id);
        if (input) taken[id] = input;
        noted.delete(id);
      }
      return Object.keys(taken).length > 0 ? taken : undefined;
    },
  };
}

/** Characters that are new in a text that differs from another in one place. */
export function charactersPut(before: string, after: string): number {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return after.length - start - end;
}
