import { type ComponentType, type ReactElement, type ReactNode, useEffect, useSyncExternalStore } from 'react';

interface State<Component> {
  readonly component: Component | null;
  readonly failed: { readonly thrown: unknown } | null;
}
/** A component that is loaded once; a load that failed is tried again by the next one who asks. */
export interface Chunk<Component> {
  begin(): void;
  state(): State<Component>;
  subscribe(listener: () => void): () => void;
}

export function createChunk<Component>(load: () => Promise<Component>): Chunk<Component> {
  const listeners = new Set<() => void>();
  let state: State<Component> = { component: null, failed: null };
  let pending = false;
  const become = (next: State<Component>) => {
    pending = false;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    begin() {
      if (pending || state.component) return;
      pending = true;
      load().then(
        (component) => become({ component, failed: null }),
        (thrown: unknown) => become({ component: null, failed: { thrown } }),
      );
    },
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * A screen in a chunk of its own, without Suspense: React leaves a fallback that it showed once in place for 300 ms, which is longer than a chunk of
 * ours takes to load (2 to 20 ms) and was a fifth of a cold start. A screen that has loaded shows at once.
 */
export function screenChunk<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): {
  preload(): void;
  Screen: (props: Props & { readonly waiting: ReactNode }) => ReactElement;
} {
  const chunk = createChunk(load);
  function Screen({ waiting, ...props }: Props & { readonly waiting: ReactNode }): ReactElement {
    // React asks for the state again once it has subscribed, so that a chunk that came in between is not missed.
    const { component: Component, failed } = useSyncExternalStore(chunk.subscribe, chunk.state);
    useEffect(() => chunk.begin(), []);
    // For the error boundary above.
    if (failed) throw failed.thrown;
    return Component ? <Component {...(props as unknown as Props)} /> : <>{waiting}</>;
  }
  return { preload: chunk.begin, Screen };
}

/** Milliseconds after which a window that started has shown what it was opened for. */
const LATER_MS = 3000;

/** A dialog in a chunk of its own: no part of a start, and loaded before anybody opens it. */
export function laterChunk<Props extends object>(load: () => Promise<ComponentType<Props>>): ReturnType<typeof screenChunk<Props>> {
  const made = screenChunk(load);
  setTimeout(made.preload, LATER_MS);
  return made;
}
