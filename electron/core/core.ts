/** The core: one typed door to one open project. The desktop app, the command line and the server are hosts around it. */
import type { Role } from '../../shared/rpc/method.ts';
import { serve, type Handlers } from '../../shared/rpc/server.ts';
import type { ServerWire } from '../../shared/rpc/wire.ts';
import type { Tile } from '../../shared/domain/tiles.ts';
import type { MediaFile, MediaKind } from '../media/handler.ts';
import { createApp } from './app.ts';
import { noteAttention } from './attention.ts';
import type { Context } from './context.ts';
import { guarded } from './guarded.ts';
import type { CoreHost } from './host.ts';
import { resolveMedia } from './media/resolve.ts';
import { annotationsMethods } from './methods/annotations.ts';
import { appMethods } from './methods/app.ts';
import { auditMethods } from './methods/audit.ts';
import { compareMethods } from './methods/compare.ts';
import { changesMethods } from './methods/changes.ts';
import { draftsMethods } from './methods/drafts.ts';
import { duplicatesMethods } from './methods/duplicates.ts';
import { editsMethods } from './methods/edits.ts';
import { encodersMethods } from './methods/encoders.ts';
import { exportsMethods } from './methods/exports.ts';
import { agreementMethods } from './methods/agreement.ts';
import { figuresMethods } from './methods/figures.ts';
import { filmMethods } from './methods/film.ts';
import { lintMethods } from './methods/lint.ts';
import { releasesMethods } from './methods/releases.ts';
import { imagesMethods } from './methods/images.ts';
import { jobsMethods } from './methods/jobs.ts';
import { mediaMethods } from './methods/media.ts';
import { peopleMethods } from './methods/people.ts';
import { projectMethods } from './methods/project.ts';
import { similarMethods } from './methods/similar.ts';
import { proposalsMethods } from './methods/proposals.ts';
import { readingMethods } from './methods/reading.ts';
import { mergeMethods, packagesMethods } from './methods/teamwork.ts';
import { reviewMethods } from './methods/review.ts';
import { tagsMethods } from './methods/tags.ts';

export interface Session {
  readonly roles: ReadonlySet<Role>;
  /** Tells apart the windows and browsers of one person, so that a client can skip its own changes. */
  readonly clientId: string;
}
export interface Core {
  /** Serves the contract on a wire until it closes. */
  connect(wire: ServerWire, session: Session): void;
  /** The file behind a media URL, or null where there is none. Makes thumbnails and renditions that are not there yet. */
  resolveMedia(kind: MediaKind, imageId: string, tile?: Tile): Promise<MediaFile | null>;
  /** Stops jobs and workers, closes the project and releases it. */
  close(): Promise<void>;
}

const handlers: Handlers<Context> = guarded({
  ...annotationsMethods,
  ...appMethods,
  ...auditMethods,
  ...changesMethods,
  ...compareMethods,
  ...draftsMethods,
  ...duplicatesMethods,
  ...editsMethods,
  ...encodersMethods,
  ...exportsMethods,
  ...figuresMethods,
  ...filmMethods,
  ...agreementMethods,
  ...lintMethods,
  ...releasesMethods,
  ...imagesMethods,
  ...jobsMethods,
  ...mergeMethods,
  ...packagesMethods,
  ...mediaMethods,
  ...peopleMethods,
  ...projectMethods,
  ...similarMethods,
  ...proposalsMethods,
  ...readingMethods,
  ...reviewMethods,
  ...tagsMethods,
});

export function createCore(host: CoreHost): Core {
  const app = createApp(host);
  return {
    connect: (wire, session) =>
      serve(
        wire,
        handlers,
        { ...session, app },
        { onInternal: (method, thrown) => host.log(method, thrown), breathe: () => new Promise((resolve) => setImmediate(resolve)) },
      ),
    async resolveMedia(kind, imageId, tile) {
      const project = app.current;
      if (project && kind !== 'thumb') noteAttention(project.db);
      const file = project ? await resolveMedia(project, kind, imageId, tile) : null;
      if (file) project?.space.served(file.path);
      return file;
    },
    close: () => app.end(),
  };
}
