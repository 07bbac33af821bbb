/** Every command of the annotate screen. Keys that write a letter never work inside a text field; those with a modifier do. */
import type { RefObject } from 'react';
import { isInline, labelSets } from '../../../shared/domain/point-mark.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import type { Command } from '../../commands/registry.ts';
import type { Editor } from '../../stores/editor.ts';
import { sessionStore } from '../../stores/session.ts';
import type { Fields } from './fields.ts';
import { deletePoints, neighbourPoint, nudge, placePoint, togglePresence } from './point-actions.ts';
import { backToAnswer, endPointing } from './pointing.ts';
import { deletePair, openPair } from './question-actions.ts';
import { activeSet, screenStore, setScreen, type Tab, tabs } from './screen-state.ts';
import { tidy } from './tidy.ts';
import { firstField, focusStage } from './use-work-focus.ts';

/** What the commands work on. */
export interface CommandContext {
  readonly editor: Editor;
  readonly fields: Fields;
  readonly me: string | null;
  readonly stage: RefObject<Stage | null>;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: () => { readonly widthPx: number; readonly heightPx: number } | null;
  go(step: 1 | -1): Promise<void>;
  submit(): Promise<void>;
  skip(): void;
  leave(): void;
  /** After an undo: shows where it was. */
  showChange(): void;
  say(line: string): void;
  /** The label behind a number key, from 1. */
  chooseByNumber(number: number): void;
  sayGone(points: number, label: string): void;
}

const CSS_STEP = 60;
const inText = () => {
  const at = document.activeElement;
  return at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement || (at instanceof HTMLElement && at.isContentEditable);
};

export function annotateCommands(context: CommandContext): Command[] {
  const { store } = context.editor;
  const all = [...imageCommands(context), ...textCommands(context), ...pointCommands(context), ...arrowCommands(context), ...viewCommands(context)];
  // Between two images no field has the focus: what is typed for the next one must not be taken for commands.
  return all.map((command) =>
    command.inText ? command : { ...command, enabled: () => store.getState().status !== 'loading' && (command.enabled?.() ?? true) },
  );
}

function imageCommands({ editor, fields, go, submit, skip, leave, showChange, box }: CommandContext): Command[] {
  const step = async (which: 'undo' | 'redo') => {
    const { tab } = screenStore.getState();
    await editor[which]();
    // Who went to another tab meanwhile stays there.
    if (screenStore.getState().tab === tab) showChange();
  };
  const escape = () => {
    // Points of an answer are done: writing goes on.
    if (screenStore.getState().pointing) {
      backToAnswer(editor, fields);
      return endPointing();
    }
    if (inText() && !(document.activeElement as HTMLElement).closest('[data-floating], [role="dialog"]')) box.current?.focus();
    else if (screenStore.getState().selection.length > 0 || screenStore.getState().cursor) setScreen({ selection: [], cursor: null });
    else if (screenStore.getState().sweep) setScreen({ sweep: null });
    else leave();
  };
  return [
    {
      id: 'image.submit',
      title: 'annotate.command.submit',
      short: 'annotate.command.submit-short',
      section: 'image',
      keys: ['$mod+Enter'],
      inText: true,
      run: submit,
    },
    {
      id: 'image.skip',
      title: 'annotate.command.skip',
      short: 'annotate.command.skip-short',
      section: 'image',
      keys: ['s', 'Alt+KeyS'],
      inText: true,
      run: skip,
    },
    {
      id: 'image.next',
      title: 'annotate.command.next',
      short: 'annotate.command.next-short',
      section: 'image',
      keys: ['Alt+ArrowRight', 'PageDown'],
      inText: true,
      repeat: true,
      run: () => go(1),
    },
    {
      id: 'image.previous',
      title: 'annotate.command.previous',
      short: 'annotate.command.previous-short',
      section: 'image',
      keys: ['Alt+ArrowLeft', 'PageUp'],
      inText: true,
      repeat: true,
      run: () => go(-1),
    },
    {
      id: 'edit.undo',
      title: 'annotate.command.undo',
      short: 'annotate.command.undo-short',
      section: 'image',
      keys: ['$mod+z'],
      inText: true,
      repeat: true,
      run: () => step('undo'),
    },
    {
      id: 'edit.redo',
      title: 'annotate.command.redo',
      short: 'annotate.command.redo-short',
      section: 'image',
      keys: ['$mod+Shift+z', '$mod+y'],
      inText: true,
      repeat: true,
      run: () => step('redo'),
    },
    { id: 'image.leave-field', title: 'annotate.command.escape', section: 'image', keys: ['Escape'], inText: true, hidden: true, run: escape },
    { id: 'image.gallery', title: 'annotate.command.gallery', section: 'image', keys: ['Shift+g'], run: leave },
    { id: 'image.focus-stage', title: 'annotate.command.focus-stage', section: 'image', keys: ['F6'], inText: true, run: () => box.current?.focus() },
  ];
}

function textCommands({ editor, fields, me }: CommandContext): Command[] {
  const show = (tab: Tab) => () => {
    tidy(editor, me);
    if (screenStore.getState().tab !== tab) setScreen({ tab });
    else if (tab === 'points') focusStage();
    else firstField()?.focus();
  };
  const titles = { caption: 'annotate.command.tab-caption', questions: 'annotate.command.tab-questions', points: 'annotate.command.tab-points' } as const;
  const shorts = { caption: 'annotate.caption.title', questions: 'annotate.questions.title', points: 'annotate.points.title' } as const;
  const turnId = () => {
    for (const turn of editor.store.getState().doc.turn) if (fields.get(turn.id) === document.activeElement) return turn.id;
    const { newPair } = screenStore.getState();
    return [newPair?.questionId, newPair?.answerId].find((id) => id !== undefined && fields.get(id) === document.activeElement) ?? null;
  };
  const threadOf = (id: string | null) => {
    const { doc } = editor.store.getState();
    const { newPair } = screenStore.getState();
    return doc.turn.find((turn) => turn.id === id)?.threadId ?? (newPair && (newPair.questionId === id || newPair.answerId === id) ? newPair.threadId : null);
  };
  return [
    ...tabs.map((tab, index): Command => ({
      id: `image.tab-${tab}`,
      title: titles[tab],
      short: shorts[tab],
      section: 'image',
      keys: [`Alt+Digit${index + 1}`, `F${index + 2}`],
      inText: true,
      run: show(tab),
    })),
    {
      id: 'questions.add',
      title: 'annotate.command.add-question',
      short: 'annotate.command.add-question-short',
      section: 'questions',
      keys: ['q', 'Alt+KeyQ'],
      inText: true,
      run: () => openPair(fields),
    },
    {
      id: 'questions.follow-up',
      title: 'annotate.command.follow-up',
      short: 'annotate.command.follow-up-short',
      section: 'questions',
      keys: ['$mod+Shift+Enter'],
      inText: true,
      enabled: () => screenStore.getState().tab === 'questions',
      run: () => {
        const threadId = threadOf(turnId()) ?? editor.store.getState().doc.thread.findLast((thread) => thread.authorId === me)?.id ?? null;
        editor.commitTyping();
        openPair(fields, threadId);
      },
    },
    {
      id: 'questions.delete',
      title: 'annotate.command.delete-question',
      section: 'questions',
      keys: ['$mod+Shift+Backspace'],
      inText: true,
      enabled: () => turnId() !== null,
      run: () => {
        const id = turnId();
        if (id) deletePair(editor, id);
      },
    },
  ];
}

function pointCommands({ editor, sayGone, chooseByNumber, box, stage }: CommandContext): Command[] {
  const onStage = () => document.activeElement === box.current;
  const active = () => activeSet(editor.store.getState().doc, screenStore.getState().activeLabel);
  const walk = (step: 1 | -1): Command => ({
    id: step > 0 ? 'points.next' : 'points.previous',
    title: step > 0 ? 'annotate.command.next-point' : 'annotate.command.previous-point',
    section: 'points',
    keys: [step > 0 ? 'Tab' : 'Shift+Tab'],
    repeat: true,
    hidden: true,
    // Beyond the last point Tab goes on to the next control, as everywhere.
    enabled: () => onStage() && neighbourPoint(editor, step) !== null,
    run: () => {
      const point = neighbourPoint(editor, step);
      if (!point) return;
      const set = editor.store.getState().doc.pointSet.find((row) => row.id === point.setId);
      setScreen({ selection: [point.id], cursor: null, ...(set && !isInline(set) ? { activeLabel: set.label } : {}) });
      if (stage.current && !stage.current.camera.fit) stage.current.centreOn(point.xPct, point.yPct);
    },
  });
  return [
    { id: 'stage.pan', title: 'annotate.command.pan', section: 'points', keys: ['v'], run: () => setScreen({ tool: 'pan', cursor: null, sweep: null }) },
    {
      id: 'stage.point',
      title: 'annotate.command.point',
      short: 'annotate.command.point-short',
      section: 'points',
      keys: ['p'],
      run: () => pointTool(editor, box),
    },
    {
      id: 'points.add-label',
      title: 'annotate.command.add-label',
      short: 'annotate.command.add-label-short',
      section: 'points',
      keys: ['l'],
      run: () => setScreen({ tab: 'points', labelField: 'new', tool: 'point' }),
    },
    {
      id: 'points.not-present',
      title: 'annotate.command.not-present',
      short: 'annotate.command.not-present-short',
      section: 'points',
      keys: ['0'],
      enabled: () => active() !== undefined,
      run: () => {
        const set = active();
        if (!set) return;
        const gone = togglePresence(editor, set.id);
        if (gone > 0) sayGone(gone, set.label);
      },
    },
    {
      id: 'points.none-of',
      title: 'none-of.command',
      short: 'none-of.short',
      section: 'points',
      keys: ['n'],
      run: () => setScreen({ tab: 'points', labelField: 'none-of' }),
    },
    ...Array.from({ length: 9 }, (_, index): Command => ({
      id: `points.label-${index + 1}`,
      title: 'annotate.command.choose-label',
      section: 'points',
      keys: [String(index + 1)],
      hidden: true,
      run: () => chooseByNumber(index + 1),
    })),
    {
      id: 'points.delete',
      title: 'annotate.command.delete-point',
      short: 'annotate.command.delete-point-short',
      section: 'points',
      keys: ['Backspace', 'Delete'],
      repeat: true,
      run: () => deletePoints(editor),
    },
    walk(1),
    walk(-1),
    {
      id: 'points.place',
      title: 'annotate.command.place',
      section: 'points',
      keys: ['Enter'],
      hidden: true,
      enabled: () => onStage() && screenStore.getState().tool === 'point',
      run: () => {
        const { cursor } = screenStore.getState();
        if (cursor) placePoint(editor, cursor.xPct, cursor.yPct);
        else setScreen({ cursor: { xPct: 50, yPct: 50 }, selection: [] });
      },
    },
  ];
}

function pointTool(editor: Editor, box: RefObject<HTMLDivElement | null>): void {
  const none = labelSets(editor.store.getState().doc).length === 0;
  setScreen({ tool: 'point', tab: 'points', sweep: null, ...(none ? { labelField: 'new' } : {}) });
  if (!none) box.current?.focus();
}

/** Arrow keys on the stage: they move the selected points, else the crosshair of the point tool, else the view. */
function arrowCommands({ editor, size, box, stage }: CommandContext): Command[] {
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;
  const move = (dx: number, dy: number, far: boolean) => {
    const { selection, tool, cursor } = screenStore.getState();
    const image = size();
    if (!image) return;
    if (selection.length > 0) return nudge(editor, dx * (far ? 10 : 1), dy * (far ? 10 : 1), image);
    if (tool === 'pan') return stage.current?.panBy(-dx * CSS_STEP * (far ? 4 : 1), -dy * CSS_STEP * (far ? 4 : 1));
    // A step of the crosshair is a few pixels of the screen, whatever the zoom.
    const px = (far ? 40 : 6) / (stage.current?.camera.scale ?? 1);
    const from = cursor ?? { xPct: 50, yPct: 50 };
    const put = (at: number, by: number, length: number) => Math.min(100, Math.max(0, at + (by * px * 100) / length));
    setScreen({ cursor: { xPct: put(from.xPct, dx, image.widthPx), yPct: put(from.yPct, dy, image.heightPx) } });
  };
  return Object.entries(arrows).flatMap(([key, [dx, dy]]) =>
    [false, true].map((far): Command => ({
      id: `points.${far ? 'far' : 'step'}-${key.slice(5).toLowerCase()}`,
      title: far ? 'annotate.command.step-far' : 'annotate.command.step',
      section: 'points',
      keys: [far ? `Shift+${key}` : key],
      repeat: true,
      hidden: true,
      enabled: () => document.activeElement === box.current,
      run: () => move(dx, dy, far),
    })),
  );
}

function viewCommands({ stage }: CommandContext): Command[] {
  const adjust = (what: 'brightness' | 'contrast', by: number) => () => {
    const now = screenStore.getState().adjust;
    setScreen({ adjust: { ...now, [what]: Math.min(2.5, Math.max(0.4, Math.round((now[what] + by) * 100) / 100)) } });
  };
  const strip = () => sessionStore.getState().set({ filmStripShown: !sessionStore.getState().filmStripShown });
  return [
    { id: 'view.fit', title: 'annotate.command.fit', section: 'view', keys: ['f'], run: () => stage.current?.fit() },
    { id: 'view.one-to-one', title: 'annotate.command.one-to-one', section: 'view', keys: ['o'], run: () => stage.current?.oneToOne() },
    {
      id: 'view.zoom-in',
      title: 'annotate.command.zoom-in',
      section: 'view',
      keys: ['Equal', 'Shift+Equal', '+'],
      repeat: true,
      run: () => stage.current?.zoomBy(1.25),
    },
    { id: 'view.zoom-out', title: 'annotate.command.zoom-out', section: 'view', keys: ['Minus'], repeat: true, run: () => stage.current?.zoomBy(0.8) },
    { id: 'view.rotate', title: 'annotate.command.rotate', section: 'view', keys: ['r'], run: () => stage.current?.rotate(1) },
    { id: 'view.rotate-back', title: 'annotate.command.rotate-back', section: 'view', keys: ['Shift+r'], run: () => stage.current?.rotate(-1) },
    { id: 'view.brighter', title: 'annotate.command.brighter', section: 'view', keys: ['b'], repeat: true, run: adjust('brightness', 0.1) },
    { id: 'view.darker', title: 'annotate.command.darker', section: 'view', keys: ['Shift+b'], repeat: true, run: adjust('brightness', -0.1) },
    { id: 'view.more-contrast', title: 'annotate.command.more-contrast', section: 'view', keys: ['c'], repeat: true, run: adjust('contrast', 0.1) },
    { id: 'view.less-contrast', title: 'annotate.command.less-contrast', section: 'view', keys: ['Shift+c'], repeat: true, run: adjust('contrast', -0.1) },
    { id: 'view.film-strip', title: 'annotate.command.film-strip', section: 'view', keys: ['t'], run: strip },
  ];
}
