/** The core: one typed door to one open project. The desktop app, the command line and the server are hosts around it. */
import type { Role } from '../../shared/rpc/method.ts';
import type { ServerWire } from '../../shared/rpc/wire.ts';
import type { MediaFile, MediaKind } from '../media/handler.ts';
import type { CoreHost } from './host.ts';

export interface Session {
  readonly roles: ReadonlySet<Role>;
  /** Tells apart the windows and browsers of one person, so that a client can skip its own changes. */
  readonly clientId: string;
}
export interface Core {
  /** Serves the contract on a wire until it closes. */
  connect(wire: ServerWire, session: Session): void;
  /** The file behind a media URL, or null where there is none. Makes thumbnails and renditions that are not there yet. */
  resolveMedia(kind: MediaKind, imageId: string): Promise<MediaFile | null>;
  /** Stops jobs and workers, closes the project and releases it. */
  close(): Promise<void>;
}

export function createCore(_host: CoreHost): Core {
  throw new Error('in the making');
}
