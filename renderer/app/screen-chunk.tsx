import { type ComponentType, type ReactElement, type ReactNode, useEffect, useState } from 'react';

/**
 * A screen in a chunk of its own, without Suspense: React leaves a fallback that it showed once in place for 300 ms, which is longer than a chunk of
 * ours takes to load (2 to 20 ms) and was a fifth of a cold start. `load` is called once; a screen that has loaded shows at once.
 */
export function screenChunk<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): {
  preload(): void;
  Screen: (props: Props & { readonly waiting: ReactNode }) => ReactElement;
} {
  let pending: Promise<void> | null = null;
  let loaded: ComponentType<Props> | null = null;
  const begin = () => {
    pending ??= load().then((component) => void (loaded = component));
    // Asked for again by the next screen that needs it: a file may be missing for a moment while the app is updated.
    pending.catch(() => (pending = null));
    return pending;
  };
  function Screen({ waiting, ...props }: Props & { readonly waiting: ReactNode }): ReactElement {
    const [, show] = useState(0);
    const [failed, setFailed] = useState<{ readonly thrown: unknown } | null>(null);
    useEffect(() => {
      if (loaded) return;
      begin().then(
        () => show(1),
        (thrown: unknown) => setFailed({ thrown }),
      );
    }, []);
    // For the error boundary above.
    if (failed) throw failed.thrown;
    const Component = loaded;
    return Component ? <Component {...(props as unknown as Props)} /> : <>{waiting}</>;
  }
  return { preload: () => void begin().catch(() => {}), Screen };
}
