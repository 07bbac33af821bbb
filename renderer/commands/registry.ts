/** Every command of the window. Palette, menu, help sheet, toolbar, foot line and keyboard all read it, and nothing else. */
import { useEffect, useSyncExternalStore } from 'react';
import type { CommandFacts, Keymap } from './keymap.ts';
import type { Key } from '../../shared/i18n/catalogue.ts';

export const commandSections = ['app', 'project', 'gallery', 'image', 'caption', 'questions', 'points', 'review', 'view'] as const;
export type CommandSection = (typeof commandSections)[number];

export interface Command {
  /** Stable: menus, tests and people's habits go by it. As `section.name`. */
  readonly id: string;
  /** What the palette and the help sheet call it. */
  readonly title: Key;
  /** What the foot line calls it, where the title is too long for it. */
  readonly short?: Key;
  readonly section: CommandSection;
  /** In tinykeys' words, the first one is shown: `$mod+KeyK`, `Alt+ArrowRight`, `Shift+?`, `p`. */
  readonly keys?: readonly string[];
  /** Its keys also work while a text field has the focus; single letters never do. */
  readonly inText?: boolean;
  /** Goes on while the key is held down. */
  readonly repeat?: boolean;
  /** Not offered in the palette: it makes sense only by its key, or needs something pointed at. */
  readonly hidden?: boolean;
  readonly enabled?: () => boolean;
  readonly run: () => void | Promise<void>;
}

export interface Registry {
  /** Adds commands; a later one with the same id hides the earlier one until it is taken out. Returns what takes them out. */
  register(commands: readonly Command[]): () => void;
  get(id: string): Command | undefined;
  /** The visible one of each id, the ones registered last first. */
  all(): readonly Command[];
  /** Runs it if it exists and is enabled; says whether it did. */
  run(id: string): boolean;
  /** Gives commands the person's own keys; everything that shows or listens to keys follows. */
  setKeymap(keymap: Keymap): void;
  /** Every command that was ever registered, with the keys it came with, in the order of the work. */
  known(): readonly CommandFacts[];
  /** Knows of commands that a window before this one had. */
  recall(facts: readonly CommandFacts[]): void;
  subscribe(listener: () => void): () => void;
  /** Told of what a command threw; by default it goes to the console. */
  onError: (thrown: unknown, command: Command) => void;
}

/** An empty registry. The window has one; tests make their own. */
export function createRegistry(): Registry {
  let stack: Command[] = [];
  let visible: readonly Command[] = [];
  let keymap: Keymap = {};
  const facts = new Map<string, CommandFacts>();
  const listeners = new Set<() => void>();
  const changed = () => {
    const own = (command: Command): Command => (keymap[command.id] ? { ...command, keys: keymap[command.id]! } : command);
    visible = [...new Map(stack.map((command) => [command.id, own(command)])).values()].reverse();
    listeners.forEach((listener) => listener());
  };
  const registry: Registry = {
    register(commands) {
      stack = [...stack, ...commands];
      for (const { id, title, section, keys = [], inText = false } of commands) facts.set(id, { id, title, section, keys, inText });
      changed();
      return () => {
        stack = stack.filter((command) => !commands.includes(command));
        changed();
      };
    },
    get: (id) => visible.find((command) => command.id === id),
    all: () => visible,
    run(id) {
      const command = registry.get(id);
      if (!command || command.enabled?.() === false) return false;
      const fail = (thrown: unknown) => registry.onError(thrown, command);
      try {
        void Promise.resolve(command.run()).catch(fail);
      } catch (thrown) {
        fail(thrown);
      }
      return true;
    },
    setKeymap(next) {
      keymap = next;
      changed();
    },
    known: () => [...facts.values()],
    recall(before) {
      for (const one of before) if (!facts.has(one.id)) facts.set(one.id, one);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onError: (thrown, command) => console.error(command.id, thrown),
  };
  return registry;
}

/** This window's commands. */
export const registry: Registry = createRegistry();
export const registerCommands = (commands: readonly Command[]): (() => void) => registry.register(commands);
export const runCommand = (id: string): boolean => registry.run(id);

/** Registers commands while the component is there. `deps`: what the commands close over, as for useEffect. */
export function useCommands(commands: readonly Command[], deps: readonly unknown[]): void {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller names what the commands depend on
  useEffect(() => registerCommands(commands), deps);
}

/** All commands, followed. */
export const useAllCommands = (): readonly Command[] => useSyncExternalStore(registry.subscribe, registry.all);

/** One command, followed; undefined where nobody registered it. */
export const useCommand = (id: string): Command | undefined => useSyncExternalStore(registry.subscribe, () => registry.get(id));
