/** What no page of this app may do, whatever code gets to run in it. */
import { app, type Session, type WebContents } from 'electron';

export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://pointillist`;
/** A page of ours: exactly this origin, nothing that merely begins like it. */
export const isOurs = (url: string): boolean => url.startsWith(`${ORIGIN}/`);

/** Everything that could leave the machine or read a file by its path. Our own scheme, blob: and the developer tools are not listed. */
const OUTSIDE = ['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`);

/** Refuses permissions and other schemes. What Chromium fetches by itself, dictionaries, is seen to in `spelling.ts`. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const microphone = permission === 'media' && kinds.length > 0 && kinds.every((kind) => kind === 'audio');
    answer(microphone && isOurs(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => permission === 'media' && details.mediaType === 'audio' && isOurs(`${origin.replace(/\/$/, '')}/`),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, answer) => answer({ cancel: true }));
  session.on('will-download', (event) => event.preventDefault());
}

/** Keeps every page where it is: no navigation, no new windows, no embedded pages. */
export function securePages(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const stay = (event: { readonly url: string; preventDefault(): void }) => {
      // The developer tools' page navigates within itself.
      if (!isOurs(event.url) && !event.url.startsWith('devtools://')) event.preventDefault();
    };
    contents.on('will-navigate', (event) => {
      // Also away from the one page there is: a dropped file, a link in a caption. Reloading it stays possible.
      if (event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
