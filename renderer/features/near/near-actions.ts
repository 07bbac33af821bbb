/** What a lead does with a group of near-duplicates, and the way back. */
import i18next from 'i18next';
import type { Client } from '../../../shared/rpc/client.ts';
import type { NearGroup } from '../../../shared/rpc/contract.ts';
import { numbersOf } from '../../ui/numbers.ts';

/** Something that was done: a sentence, and what takes it back. */
export interface Done {
  readonly text: string;
  undo(): Promise<unknown>;
}
const idsOf = (group: NearGroup) => group.images.map(({ id }) => id);

/** Takes all but one image of the group out of the work. */
export async function keepOne(client: Client, group: NearGroup, keptId: string): Promise<Done> {
  const others = idsOf(group).filter((id) => id !== keptId);
  await client.call('edits.bulk', { imageIds: others, change: { excluded: true } });
  const text = i18next.t('near.kept', { count: others.length, n: numbersOf(i18next.language).count(others.length) });
  return { text, undo: () => client.call('edits.bulk', { imageIds: others, change: { excluded: false } }) };
}

/** Says that one image is not like the others of its group. */
export const splitOff = (client: Client, group: NearGroup, imageId: string): Promise<Done> =>
  decide(client, [[imageId], idsOf(group).filter((id) => id !== imageId)], [idsOf(group)], 'near.parted');

/** Says that no two of the group are the same. */
export const partAll = (client: Client, group: NearGroup): Promise<Done> =>
  decide(
    client,
    idsOf(group).map((id) => [id]),
    [idsOf(group)],
    'near.parted',
  );

/** Makes one group of two. */
export const joinGroups = (client: Client, one: NearGroup, other: NearGroup): Promise<Done> =>
  decide(client, [[...idsOf(one), ...idsOf(other)]], [idsOf(one), idsOf(other)], 'near.joined');

async function decide(client: Client, parts: string[][], before: string[][], key: 'near.parted' | 'near.joined'): Promise<Done> {
  await client.call('duplicates.decide', { parts });
  return { text: i18next.t(key), undo: () => client.call('duplicates.decide', { parts: before }) };
}
