/** The app's one protocol: `app://pointillist/` serves the built page and the project's media, by id. */
import { protocol, type Session } from 'electron';
import { PICTURE_SCHEME, PICTURES } from '../../shared/rpc/desktop-bridge.ts';
import { createMediaHandler, type ResolveMedia } from '../media/handler.ts';
import { createPageHandler } from '../media/pages.ts';
import { builtFile } from './folders.ts';
import { servePictures } from './pictures.ts';
import { ORIGIN, SCHEME } from './security.ts';

/** Has to be said before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
    { scheme: PICTURE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true } },
  ]);
}

/** Page and media come from one origin, so that the canvas may read what it draws. */
export function serveApp(session: Session, resolve: ResolveMedia): void {
  const page = createPageHandler(builtFile('renderer'), { connect: [PICTURES] });
  const media = createMediaHandler(resolve);
  servePictures(session, resolve);
  session.protocol.handle(SCHEME, (request) => {
    if (!request.url.startsWith(`${ORIGIN}/`)) return new Response(null, { status: 404 });
    return request.url.startsWith(`${ORIGIN}/media/`) ? media(request) : page(request);
  });
}
