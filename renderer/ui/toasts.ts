/** Short notices above the foot line. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  /** Translated. */
  readonly text: string;
  readonly action?: { readonly text: string; readonly run: () => void };
  /** Stays until it is closed: what failed, and what has an action. */
  readonly sticky: boolean;
}

let nextId = 1;
export const toastStore: StoreApi<{ readonly toasts: readonly Toast[] }> = createStore(() => ({ toasts: [] as readonly Toast[] }));

const SHOWN_MS = 6_000;
const MOST = 4;

/** Shows a notice. A failure is read out at once, anything else when the screen reader is idle. */
export function toast(tone: Toast['tone'], text: string, options: { action?: Toast['action']; sticky?: boolean } = {}): number {
  const id = nextId++;
  const sticky = options.sticky ?? (tone === 'bad' || options.action !== undefined);
  toastStore.setState(({ toasts }) => ({
    toasts: [
      ...toasts.filter((other) => other.text !== text).slice(-(MOST - 1)),
      { id, tone, text, sticky, ...(options.action ? { action: options.action } : {}) },
    ],
  }));
  if (!sticky) setTimeout(() => dismissToast(id), SHOWN_MS);
  return id;
}

/** Takes a notice away. */
export const dismissToast = (id: number): void => toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }));
