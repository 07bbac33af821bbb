/** What the annotate screen shows beside the document: it lives as long as the window, so that the next image is met with the same tab and tool. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Doc, PointSet } from '../../../shared/domain/model.ts';
import { labelSets } from '../../../shared/domain/point-mark.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { Pointing } from './pointing.ts';

export const tabs = ['caption', 'questions', 'points'] as const;
export type Tab = (typeof tabs)[number];
export interface ScreenState {
  readonly tab: Tab;
  readonly tool: 'pan' | 'point';
  /** The label that clicks are for, kept by its words across images. */
  readonly activeLabel: string | null;
  /** Ids of selected points. */
  readonly selection: readonly string[];
  readonly adjust: { readonly brightness: number; readonly contrast: number };
  /** The field for a new label, or for another name of the label with this id, is open. */
  readonly labelField: 'new' | 'none-of' | { readonly rename: string } | null;
  /** A question and answer that stand on the screen but not in the document yet: their first letter makes the rows. */
  readonly newPair: NewPair | null;
  /** Where the keyboard's crosshair is, in percent; null while it is not used. */
  readonly cursor: { readonly xPct: number; readonly yPct: number } | null;
  /** The sweep under way: whose, the cell in view, and the grid it began with. */
  readonly sweep: { readonly setId: string; readonly cell: number; readonly grid: Sweep } | null;
  /** The box that asks why the image is passed over is open; told of the answer, null to take it up again. */
  readonly skip: ((reason: string | null) => Promise<void>) | null;
  /** Points are being put into an answer. */
  readonly pointing: Pointing | null;
  /** The one of the person's own captions that is open; null for the first. */
  readonly openCaption: string | null;
  /** The guide shows its questions in full. */
  readonly guideInFull: boolean;
  /** What is outlined in the image, each x and y of its corners in percent: the line of text that a chip stands for. */
  readonly outlines: readonly (readonly number[])[];
  /** One quiet line below the tabs' content, already translated. */
  readonly line: string | null;
}

export interface NewPair {
  readonly threadId: string;
  /** The thread is new too; else it is one more turn of it. */
  readonly newThread: boolean;
  readonly questionId: string;
  readonly answerId: string;
}

export const plainAdjust = { brightness: 1, contrast: 1 };
const start: ScreenState = {
  tab: 'caption',
  tool: 'pan',
  activeLabel: null,
  selection: [],
  adjust: plainAdjust,
  labelField: null,
  newPair: null,
  cursor: null,
  sweep: null,
  skip: null,
  pointing: null,
  openCaption: null,
  guideInFull: false,
  outlines: [],
  line: null,
};

/** This window's annotate screen. */
export const screenStore: StoreApi<ScreenState> = createStore<ScreenState>()(() => start);
/** Changes a part of it. No selection stays the same no selection: who follows it is not told. */
export function setScreen(values: Partial<ScreenState>): void {
  const { selection } = screenStore.getState();
  screenStore.setState(values.selection?.length === 0 && selection.length === 0 ? { ...values, selection } : values);
}

/** Reads a part and follows it. */
export const useScreen = <T>(select: (state: ScreenState) => T): T => useStore(screenStore, select);

/** Another image: what was about the last one goes. */
export const resetForImage = (): void => {
  const { pointing, tool } = screenStore.getState();
  setScreen({
    selection: [],
    labelField: null,
    newPair: null,
    cursor: null,
    sweep: null,
    skip: null,
    openCaption: null,
    outlines: [],
    line: null,
    pointing: null,
    tool: pointing?.tool ?? tool,
  });
};

/** The label that clicks and keys are for: the chosen one where this image has it, else its first one. */
export function activeSet(doc: Doc, activeLabel: string | null): PointSet | undefined {
  const sets = labelSets(doc);
  return sets.find((set) => set.label === activeLabel) ?? sets[0];
}
