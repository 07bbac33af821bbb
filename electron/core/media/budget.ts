/** Lets in as much at a time as fits, in the order of asking. */
export interface Budget {
  /** Resolves with the function to leave by. What is larger than the whole comes in when it is alone. */
  enter(size: number): Promise<() => void>;
}

export function createBudget(whole: number): Budget {
  const waiting: { size: number; enter: () => void }[] = [];
  let used = 0;
  const admit = () => {
    while (waiting[0] && (used === 0 || used + waiting[0].size <= whole)) {
      const { size, enter } = waiting.shift()!;
      used += size;
      enter();
    }
  };
  return {
    enter: (size) =>
      new Promise((resolve) => {
        const enter = () => {
          let inside = true;
          resolve(() => {
            if (!inside) return;
            inside = false;
            used -= size;
            admit();
          });
        };
        waiting.push({ size, enter });
        admit();
      }),
  };
}
