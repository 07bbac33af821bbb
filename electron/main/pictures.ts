/** Sends whole images to the window. Chromium reads the file itself: 22 MB take 80 ms, through a handler's stream 200. */
import type { Session } from 'electron';
import { PICTURE_SCHEME, PICTURES } from '../../shared/rpc/desktop-bridge.ts';
import { imageIn, type ResolveMedia } from '../media/handler.ts';
import { ORIGIN } from './security.ts';

/** net::ERR_FILE_NOT_FOUND. The page then asks the ordinary way, which says why. */
const NOT_THERE = -6;
const HEADERS = {
  // The page draws from what it gets; no other origin may.
  'Access-Control-Allow-Origin': ORIGIN,
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
};

/** Answers `picture://pointillist/media/image/<id>`: never a path, only ids of the open project's images. */
export function servePictures(session: Session, resolve: ResolveMedia): void {
  // Deprecated in favour of `handle`, which hands every byte through this process; nothing else sends a file without that.
  session.protocol.registerFileProtocol(PICTURE_SCHEME, ({ url, method }, answer) => {
    const id = url.startsWith(`${PICTURES}/`) && method === 'GET' ? imageIn(url) : null;
    if (id === null) return answer({ error: NOT_THERE });
    resolve('image', id).then(
      (file) => answer(file === null ? { error: NOT_THERE } : { path: file.path, headers: HEADERS }),
      () => answer({ error: NOT_THERE }),
    );
  });
}
