/** The name that a new release is offered: one more than the highest of `v1`, `v2` ... */
export const nextName = (names: readonly string[]): string => `v${Math.max(0, ...names.map((name) => Number(/^v(\d{1,6})$/.exec(name)?.[1] ?? 0))) + 1}`;
