/** Where proposals get the project's encoder and an image's pixels. */
import { abilitiesOf } from '../../../shared/domain/encoder-abilities.ts';
import type { ProposalMethod } from '../../../shared/domain/proposal.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { imageFileById } from '../db/files.ts';
import { imageCard } from '../db/images.ts';
import { readSettings } from '../db/settings.ts';
import type { EncoderLibrary } from '../encoder/library.ts';
import type { ModelRef, Tile } from '../encoder/messages.ts';
import { closePlan, tilePlan } from '../encoder/dense/tile-plan.ts';
import { imagePlan } from '../encoder/preprocess.ts';
import { checkOriginal } from '../media/original.ts';
import { Refused } from '../media/refused.ts';
import type { Project } from '../project.ts';
import type { Distance, ProposalSource } from './proposals.ts';

/** The library reads the disk: a click need not wait for that each time. */
const KNOWN_MS = 5000;

export function createProposalSource(project: Project, encoders: Pick<EncoderLibrary, 'find'>): ProposalSource {
  let known: { readonly id: string; readonly until: number; readonly model: Promise<ModelRef | null> } | null = null;

  function find(id: string): Promise<ModelRef | null> {
    if (known?.id !== id || known.until < performance.now()) known = { id, until: performance.now() + KNOWN_MS, model: encoders.find(id) };
    return known.model;
  }

  async function decode(imageId: string, model: ModelRef, distance: Distance, signal?: AbortSignal): Promise<readonly Tile[] | null> {
    const image = imageFileById(project.db, imageId);
    const size = imageCard(project.db, imageId);
    const path = image && (await checkOriginal(project, image, signal));
    if (!path || !size) throw new AppError('not-found', `no file of ${imageId}`, { key: 'image-missing' });
    const plan = (distance === 'close' ? closePlan : tilePlan)(model.manifest, size.widthPx, size.heightPx);
    if (!plan) return null;
    const { kernel } = imagePlan(model.manifest, size.widthPx, size.heightPx);
    const decoded = plan.map(async ({ area, width, height }): Promise<Tile> => {
      const region = area.widthPct === 100 && area.heightPct === 100 ? null : area;
      return { ...area, pixels: await project.media.run('pixels', { path, region, width, height, kernel }, signal) };
    });
    return await Promise.all(decoded);
  }

  return {
    async encoder() {
      const chosen = readSettings(project.db).encoder;
      const model = chosen && (await find(chosen.id));
      if (!model) return null;
      const { manifest, hash } = model;
      const abilities = abilitiesOf(manifest);
      const methods: ProposalMethod[] = [
        ...(abilities.includes('click-to-similar') ? (['similar'] as const) : []),
        ...(abilities.includes('text-to-points') ? (['text'] as const) : []),
      ];
      return { model, facts: { id: manifest.id, name: manifest.name ?? manifest.id, hash, methods } };
    },
    async tiles(imageId, model, distance, signal) {
      try {
        return await decode(imageId, model, distance, signal);
      } catch (thrown) {
        if (thrown instanceof Refused) throw new AppError('invalid', thrown.message, { key: 'image-undecodable' });
        throw thrown;
      }
    },
    run: (kind, input, signal) => project.encoder.run(kind, input, signal, 'screen'),
  };
}
