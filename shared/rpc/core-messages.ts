/** What the desktop's main process and the core process say to each other. Frames of many windows share one channel, so each names its window. */
import type { Tile } from '../domain/tiles.ts';
import type { ClientFrame, ServerFrame } from './wire.ts';

/** The file behind a media URL. */
interface MediaAnswer {
  readonly path: string;
  readonly mime: string;
}
export type ToCore =
  /** A document was loaded in a window: a new connection. */
  | { readonly type: 'open-window'; readonly id: string }
  | { readonly type: 'close-window'; readonly id: string }
  | { readonly type: 'frame'; readonly window: string; readonly frame: ClientFrame }
  | { readonly type: 'media'; readonly n: number; readonly kind: 'thumb' | 'image' | 'tile'; readonly imageId: string; readonly tile?: Tile }
  /** A second start of the app named a project. */
  | { readonly type: 'open-project'; readonly folder: string }
  | { readonly type: 'worker-message'; readonly worker: number; readonly message: unknown }
  | { readonly type: 'worker-exit'; readonly worker: number; readonly reason: string }
  /** Save, release the project and exit. */
  | { readonly type: 'close' };

export type FromCore =
  | { readonly type: 'ready' }
  | { readonly type: 'frame'; readonly window: string; readonly frame: ServerFrame }
  | { readonly type: 'media-result'; readonly n: number; readonly file: MediaAnswer | null }
  /** The open project, to be opened again should the core have to be restarted. */
  | { readonly type: 'project'; readonly folder: string | null }
  /** The project named at the start could not be opened: the error's translation key and details. */
  | { readonly type: 'not-opened'; readonly folder: string; readonly key: string; readonly details: Readonly<Record<string, unknown>> }
  /** Folders that the person may have shown in the file browser. */
  | { readonly type: 'folders'; readonly folders: readonly string[] }
  /** Asks main for a worker process; only under a utilityProcess, which can't start one itself. */
  | { readonly type: 'worker-start'; readonly worker: number; readonly entry: string }
  | { readonly type: 'worker-send'; readonly worker: number; readonly message: unknown }
  | { readonly type: 'worker-kill'; readonly worker: number };
