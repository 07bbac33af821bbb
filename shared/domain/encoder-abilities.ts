/** What an encoder can do for a person, read off its manifest. */
import type { EncoderAbility, EncoderManifest } from './encoder.ts';

type Described = Pick<EncoderManifest, 'kind' | 'outputs' | 'tokenizer' | 'classes'>;

/** Whether words can be compared with what it sees: a text tower, and a tokenizer to feed it. */
export const readsText = ({ kind, outputs, tokenizer }: Described): boolean => kind === 'clip' && outputs.text !== undefined && tokenizer !== null;

/** In the order in which they are shown. */
export function abilitiesOf(manifest: Described): EncoderAbility[] {
  const { kind, outputs, classes } = manifest;
  const withText = readsText(manifest);
  const hasPatches = outputs.patches !== undefined || outputs.hidden !== undefined;
  const can: Record<EncoderAbility, boolean> = {
    // A detector's vector is made of its feature maps; an image tower without one pools its patches.
    'image-search': true,
    'text-search': withText && outputs.image !== undefined,
    tags: (withText && outputs.image !== undefined) || (kind === 'detector' && (classes?.length ?? 0) > 0),
    'click-to-similar': hasPatches || kind === 'detector',
    // Hidden states are not in the space of texts: patches must be projected.
    'text-to-points': withText && outputs.patches !== undefined,
  };
  return (Object.keys(can) as EncoderAbility[]).filter((ability) => can[ability]);
}
