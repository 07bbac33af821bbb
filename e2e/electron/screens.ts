/** The screens that `scripts/test-lanes.mjs` started, none where the tests use the one that is there. */
export const screens = (): string[] => (process.env['POINTILLIST_SCREENS'] ?? '').split(' ').filter(Boolean);

/** The screen of this worker. */
export function ownScreen(): { DISPLAY?: string } {
  const display = screens()[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
  return display === undefined ? {} : { DISPLAY: display };
}
