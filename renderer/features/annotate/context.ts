/** What the parts of the annotate screen share. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Host } from '../../host/host.ts';
import type { Editor, EditorState } from '../../stores/editor.ts';
import type { Fields } from './fields.ts';

export interface Annotate {
  readonly editor: Editor;
  readonly host: Host;
  /** Id of the person who writes here; null for the moment until it is known. */
  readonly me: string | null;
  readonly fields: Fields;
}
export const AnnotateContext = createContext<Annotate | null>(null);

/** The screen's editor, host, person and fields. */
export function useAnnotate(): Annotate {
  const value = useContext(AnnotateContext);
  if (!value) throw new Error('no AnnotateContext above this component');
  return value;
}

/** Reads a part of the editor's state and follows it. */
export const useEditor = <T>(select: (state: EditorState) => T): T => useStore(useAnnotate().editor.store, select);
