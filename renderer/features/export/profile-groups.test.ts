import { expect, test } from 'vitest';
import { exportProfiles } from '../../../shared/formats/profiles.ts';
import { profileGroups } from './profile-groups.ts';

test('every profile is in one group', () => {
  const listed = profileGroups.flatMap(({ profiles }) => [...profiles]);
  expect([...listed].sort()).toEqual([...exportProfiles].sort());
});
