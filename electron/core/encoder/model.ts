/** An installed encoder's graphs and tokenizer as the tasks use them. */
import path from 'node:path';
import type { ModelRef } from './messages.ts';
import type { Graph, Sessions } from './session.ts';
import { type Tokenize, loadTokenizer } from './tokenize.ts';

/** Says which of its phases a task is in; loading takes longer than running. */
export type Begin = (phase: 'load' | 'run') => void;
export interface Models {
  readonly threads: number;
  vision(model: ModelRef, begin: Begin): Promise<Graph>;
  /** Throws where the encoder has no text tower. */
  text(model: ModelRef, begin: Begin): Promise<{ graph: Graph; tokenize: Tokenize }>;
  /** Lets go of its graphs. */
  close(model: ModelRef): Promise<void>;
}

/** Opens graphs through `sessions`; tokenizers are small and are kept. */
export function createModels(sessions: Sessions): Models {
  const tokenizers = new Map<string, Tokenize>();
  const open = async (model: ModelRef, tower: 'vision' | 'text', begin: Begin): Promise<Graph> => {
    const key = keyOf(model, tower);
    if (!sessions.has(key)) begin('load');
    const graph = await sessions.open(key, path.join(model.folder, model.manifest[tower]));
    begin('run');
    return graph;
  };
  return {
    threads: sessions.threads,
    vision: (model, begin) => open(model, 'vision', begin),
    async text(model, begin) {
      const { manifest } = model;
      if (manifest.tokenizer === null) throw new Error(`${manifest.id} has no tokenizer`);
      const graph = await open(model, 'text', begin);
      let tokenize = tokenizers.get(model.hash);
      if (!tokenize) tokenizers.set(model.hash, (tokenize = loadTokenizer(model.folder, manifest.tokenizer, manifest)));
      return { graph, tokenize };
    },
    async close(model) {
      tokenizers.delete(model.hash);
      await sessions.close(keyOf(model, 'vision'));
      await sessions.close(keyOf(model, 'text'));
    },
  };
}

const keyOf = (model: ModelRef, tower: 'vision' | 'text'): string => `${model.hash} ${tower}`;

/** The graph's output of this role, or null where the manifest or the graph has none. */
export function outputOf({ manifest }: ModelRef, graph: Graph, role: string): string | null {
  const named = manifest.outputs[role];
  const name = typeof named === 'string' ? named : role;
  return graph.outputNames.includes(name) ? name : null;
}
