/** The encoders that tests use. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encoderManifestSchema } from '../../../shared/domain/encoder.ts';
import { readHeader, askedPixels } from '../media/decode.ts';
import type { ModelRef, PixelBlock } from './messages.ts';
import { imagePlan } from './preprocess.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures');

/** A file of a test encoder's folder. */
export const fixtureFile = (...names: string[]): string => path.join(FOLDER, ...names);
export const fixtureJson = (...names: string[]): unknown => JSON.parse(readFileSync(fixtureFile(...names), 'utf8'));

/** A test encoder as the core would hand it to the process. */
export function fixtureModel(id: 'shapes-clip' | 'openvision-tiny-shape'): ModelRef {
  return { folder: fixtureFile(id), hash: id, manifest: encoderManifestSchema.parse(fixtureJson(id, 'model.json')) };
}

/** A picture as the media worker hands it over for this encoder. */
export async function blockOf(model: ModelRef, file: string, side?: number): Promise<PixelBlock> {
  const header = await readHeader(file);
  const plan = imagePlan(model.manifest, header.widthPx, header.heightPx, side);
  return { data: await askedPixels(file, plan), width: plan.width, height: plan.height };
}
