/** What a lead does with a group of near-duplicates, and the way back. */
import i18next from 'i18next';
import type { Client } from '../../../shared/rpc/client.ts';
import type { NearGroup } from '../../../shared/rpc/machine-contract.ts';
import { numbersOf } from '../../ui/numbers.ts';

/** Something that was done: a sentence, and what takes it back where that is not the project's own last decision. */
export interface Done {
  readonly text: string;
  readonly kept?: Kept;
}
/** Images that were taken out of the work after a decision (0: before any). */
export interface Kept {
  readonly imageIds: readonly string[];
  readonly afterStep: number;
}
const idsOf = (group: NearGroup) => group.images.map(({ id }) => id);

/** Takes all but one image of the group out of the work. */
export async function keepOne(client: Client, group: NearGroup, keptId: string): Promise<Done> {
  const imageIds = idsOf(group).filter((id) => id !== keptId);
  const afterStep = await lastStep(client);
  await client.call('edits.bulk', { imageIds, change: { excluded: true } });
  const text = i18next.t('near.kept', { count: imageIds.length, n: numbersOf(i18next.language).count(imageIds.length) });
  return { text, kept: { imageIds, afterStep } };
}

/** Says that one image is not like the others of its group. */
export const splitOff = (client: Client, group: NearGroup, imageId: string): Promise<Done> =>
  decide(client, [[imageId], idsOf(group).filter((id) => id !== imageId)], 'near.parted');

/** Says that no two of the group are the same. */
export const partAll = (client: Client, group: NearGroup): Promise<Done> =>
  decide(
    client,
    idsOf(group).map((id) => [id]),
    'near.parted',
  );

/** Makes one group of two. */
export const joinGroups = (client: Client, one: NearGroup, other: NearGroup): Promise<Done> =>
  decide(client, [[...idsOf(one), ...idsOf(other)]], 'near.joined');

async function decide(client: Client, parts: string[][], key: 'near.parted' | 'near.joined'): Promise<Done> {
  await client.call('duplicates.decide', { parts });
  return { text: i18next.t(key) };
}

const lastStep = async (client: Client): Promise<number> => (await client.call('duplicates.groups', { offset: 0, limit: 1 })).last?.num ?? 0;

/** Takes back the last thing: what was kept in this dialog where that came last, else the project's last decision, whenever it was made. Says whether it did. */
export async function undoLast(client: Client, kept: Kept[]): Promise<boolean> {
  const step = await lastStep(client);
  const last = kept.at(-1);
  if (last && last.afterStep >= step) {
    await client.call('edits.bulk', { imageIds: [...last.imageIds], change: { excluded: false } });
    kept.pop();
    return true;
  }
  return step > 0 && (await client.call('duplicates.undo', { step })).undone;
}
