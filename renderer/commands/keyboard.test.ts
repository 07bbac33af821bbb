import { expect, test } from 'vitest';
import { commandFor, listenToKeyboard } from './keyboard.ts';
import { type Command, createRegistry } from './registry.ts';

/** An element with these selectors of its own and of what is around it. */
const place = (own: 'text' | 'button' | 'plain', around: 'dialog' | 'page' = 'page') => ({
  matches: (selector: string) => own === 'text' && selector.startsWith('textarea'),
  closest: (selector: string) => (selector.includes('dialog') && around === 'dialog') || (selector.startsWith('button') && own === 'button') || null,
});
interface Press {
  readonly key: string;
  readonly code?: string;
  readonly mods?: readonly ('Control' | 'Shift' | 'Alt' | 'Meta')[];
  readonly on?: ReturnType<typeof place>;
  readonly isComposing?: boolean;
  readonly keyCode?: number;
  readonly repeat?: boolean;
}
const press = ({ key, code = key, mods = [], on = place('plain'), isComposing = false, keyCode = 0, repeat = false }: Press): KeyboardEvent => {
  const event = new Event('keydown', { cancelable: true });
  const has = (mod: string) => (mods as readonly string[]).includes(mod);
  Object.defineProperty(event, 'target', { value: on });
  return Object.assign(event, {
    key,
    code,
    isComposing,
    keyCode,
    repeat,
    ctrlKey: has('Control'),
    shiftKey: has('Shift'),
    altKey: has('Alt'),
    metaKey: has('Meta'),
    getModifierState: has,
  }) as unknown as KeyboardEvent;
};
const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: 'commands.help',
  section: 'image',
  keys,
  run: () => {},
  ...more,
});
const palette = command('app.palette', ['$mod+KeyK'], { section: 'app', inText: true });
const next = command('image.next', ['Alt+ArrowRight'], { inText: true, repeat: true });
const point = command('points.tool', ['p']);
const help = command('app.help', ['[Shift]+?'], { section: 'app', inText: true });
const open = command('gallery.open', ['Enter']);
const submit = command('image.submit', ['$mod+Enter'], { inText: true });
const all = [palette, next, point, help, open, submit];
const found = (event: Press) => commandFor(press(event), all)?.id ?? null;

test('a key finds its command, with exactly its modifiers', () => {
  expect(found({ key: 'k', code: 'KeyK', mods: ['Control'] })).toBe('app.palette');
  expect(found({ key: 'K', code: 'KeyK', mods: ['Control', 'Shift'] })).toBeNull();
  expect(found({ key: 'k', code: 'KeyK' })).toBeNull();
  expect(found({ key: 'p', code: 'KeyP' })).toBe('points.tool');
  expect(found({ key: 'ArrowRight', mods: ['Alt'] })).toBe('image.next');
});

test('the question mark works on every layout, with Shift and without', () => {
  expect(found({ key: '?', code: 'Slash', mods: ['Shift'] })).toBe('app.help');
  expect(found({ key: '?', code: 'KeyM' })).toBe('app.help');
});

test('no key press of an input method is a shortcut, by either of the two signs', () => {
  expect(found({ key: 'Enter', mods: ['Control'], isComposing: true, on: place('text') })).toBeNull();
  expect(found({ key: 'Process', keyCode: 229, mods: ['Control'], code: 'KeyK' })).toBeNull();
  expect(found({ key: 'p', code: 'KeyP', isComposing: true })).toBeNull();
});

test('what writes a character belongs to the text field', () => {
  expect(found({ key: 'p', code: 'KeyP', on: place('text') })).toBeNull();
  expect(found({ key: '?', code: 'Slash', mods: ['Shift'], on: place('text') })).toBeNull();
});

test('in a text field only commands that ask for it run', () => {
  expect(found({ key: 'Enter', mods: ['Control'], on: place('text') })).toBe('image.submit');
  expect(found({ key: 'k', code: 'KeyK', mods: ['Control'], on: place('text') })).toBe('app.palette');
  expect(found({ key: 'Enter', on: place('text') })).toBeNull();
});

test('a dialog keeps the keys of the page behind it away, and lets the app’s own through', () => {
  expect(found({ key: 'p', code: 'KeyP', on: place('plain', 'dialog') })).toBeNull();
  expect(found({ key: 'ArrowRight', mods: ['Alt'], on: place('plain', 'dialog') })).toBeNull();
  expect(found({ key: 'k', code: 'KeyK', mods: ['Control'], on: place('text', 'dialog') })).toBe('app.palette');
});

test('Enter on a button presses the button', () => {
  expect(found({ key: 'Enter', on: place('button') })).toBeNull();
  expect(found({ key: 'Enter', on: place('plain') })).toBe('gallery.open');
  expect(found({ key: 'p', code: 'KeyP', on: place('button') })).toBe('points.tool');
});

test('a disabled command leaves its key to the next one that has it', () => {
  const off = command('caption.tool', ['p'], { enabled: () => false });
  expect(commandFor(press({ key: 'p' }), [off, point])?.id).toBe('points.tool');
});

test('a key held down repeats only what repeats, and the browser gets neither', () => {
  const registry = createRegistry();
  const ran: string[] = [];
  registry.register([
    { ...next, run: () => void ran.push('next') },
    { ...point, run: () => void ran.push('point') },
  ]);
  const target = new EventTarget();
  const end = listenToKeyboard(target, registry);
  const prevented = [
    press({ key: 'p', repeat: true, on: undefined as never }),
    press({ key: 'ArrowRight', mods: ['Alt'], repeat: true, on: undefined as never }),
    press({ key: 'q', on: undefined as never }),
  ].map((event) => !target.dispatchEvent(event));
  end();
  target.dispatchEvent(press({ key: 'p', on: undefined as never }));
  expect(ran).toEqual(['next']);
  expect(prevented).toEqual([true, true, false]);
});
