/** Lets slow work on the next items go on while this one is used. */

/** Items with what `work` made of them, in their order, up to `width` at a time. An error is thrown where its item's turn is. */
export async function* workAhead<T, U>(items: AsyncIterable<T>, width: number, work: (item: T) => Promise<U>): AsyncGenerator<readonly [T, U]> {
  const begun: { readonly item: T; readonly made: Promise<U> }[] = [];
  for await (const item of items) {
    const made = work(item);
    // Nobody may come to wait for it, after an error before it.
    made.catch(() => {});
    begun.push({ item, made });
    if (begun.length < width) continue;
    const first = begun.shift()!;
    yield [first.item, await first.made];
  }
  for (const { item, made } of begun) yield [item, await made];
}
