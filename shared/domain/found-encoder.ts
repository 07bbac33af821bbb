/** What lies at a place that a person named, before it is installed. */
import type { EncoderAbility } from './encoder.ts';

export type FoundEncoder =
  | {
      readonly kind: 'folder';
      readonly id: string;
      readonly name: string;
      readonly licence: string;
      readonly source: string | null;
      readonly sizeBytes: number;
      readonly abilities: readonly EncoderAbility[];
    }
  /** A lone ONNX file: what its graph says of itself, null where it leaves that open. The rest a person must say. */
  | {
      readonly kind: 'graph';
      readonly id: string;
      readonly file: string;
      readonly sizeBytes: number;
      readonly inputSize: number | null;
      readonly patchSize: number | null;
      readonly embedDim: number | null;
      readonly outputs: readonly string[];
    };
