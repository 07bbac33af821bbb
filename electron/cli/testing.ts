/** Runs the command line inside a test, with a settings folder, a project folder and images of its own. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { testPng } from '../core/testing/png.ts';
import { tempFolder } from '../core/testing/temp-project.ts';
import { runCli } from './run.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
export interface Bench {
  readonly folder: string;
  readonly project: string;
  readonly photos: string;
  readonly env: Record<string, string>;
  cli(...words: string[]): Promise<Outcome>;
  /** Runs until `stop` is called. */
  start(...words: string[]): { stop(): void; readonly ended: Promise<Outcome>; out(): string; err(): string };
  /** The document that a command with `--json` printed. */
  json<T = Record<string, unknown>>(...words: string[]): Promise<T>;
  remove(): void;
}

/** A fresh folder with `images` different images in it and settings beside them. */
export function createBench(images = 3): Bench {
  const folder = tempFolder();
  const photos = path.join(folder, 'photos');
  mkdirSync(path.join(photos, 'below'), { recursive: true });
  for (let i = 0; i < images; i++) writeFileSync(path.join(photos, i % 2 ? 'below' : '', `photo-${i}.png`), testPng(i));
  const env = { POINTILLIST_HOME: path.join(folder, 'home'), POINTILLIST_PROJECTS: path.join(folder, 'projects'), LANG: 'en_US.UTF-8' };
  const start: Bench['start'] = (...words) => {
    const stop = new AbortController();
    let out = '';
    let err = '';
    const terminal = { env, signal: stop.signal, columns: null, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
    const ended = runCli(words, terminal).then((code) => ({ code, out, err }));
    return { stop: () => stop.abort(), ended, out: () => out, err: () => err };
  };
  const cli = (...words: string[]) => start(...words).ended;
  return {
    folder,
    project: path.join(folder, 'project'),
    photos,
    env,
    cli,
    start,
    json: async (...words) => {
      const outcome = await cli(...words, '--json');
      if (outcome.code !== 0) throw new Error(`exit code ${outcome.code}: ${outcome.err}`);
      return JSON.parse(outcome.out) as never;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
