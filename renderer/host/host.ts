/** Where the renderer runs and how it reaches the core. Nothing outside this folder knows whether that is a desktop window or a browser. */
import { createContext, useContext } from 'react';
import type { Tile } from '../../shared/domain/tiles.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { type DesktopBridge, PICTURES } from '../../shared/rpc/desktop-bridge.ts';
import { bridgeLink } from './bridge-link.ts';
import { resilientClient } from './resilient-client.ts';
import { socketLink } from './socket-link.ts';

interface Media {
  readonly id: string;
  readonly sha256: string;
}
export interface Host {
  readonly kind: 'desktop' | 'browser';
  /** Stays the same object across restarts of the core. */
  readonly client: Client;
  /** Called when the core goes away and when it is back; returns what ends it. */
  onConnection(listener: (alive: boolean) => void): () => void;
  /** The image in at most 384 px, for lists. */
  thumbUrl(image: Media): string;
  /** The whole upright image. */
  imageUrl(image: Media): string;
  /** The same by a shorter way, which fails without saying why; null where there is none. */
  pictureUrl(image: Media): string | null;
  /** A tile of an image that is too large to be shown whole (see `tiles.ts`). */
  tileUrl(image: Media, tile: Tile): string;
  /** What only a desktop window can do; null in a browser. */
  readonly desktop: DesktopBridge | null;
}

declare global {
  interface Window {
    readonly pointillist?: DesktopBridge;
  }
}

/** The version in the URL lets a browser keep an image forever. */
const media = (kind: 'thumb' | 'image', image: Media) => `/media/${kind}/${image.id}?v=${image.sha256.slice(0, 16)}`;

/** The host of this window; made once, at the start. */
export function createHost(desktop: DesktopBridge | null = window.pointillist ?? null): Host {
  const { client, attach, onConnection } = resilientClient();
  if (desktop) bridgeLink(desktop, attach);
  else socketLink(`${location.origin.replace(/^http/, 'ws')}/rpc`, attach);
  return {
    kind: desktop ? 'desktop' : 'browser',
    client,
    onConnection,
    thumbUrl: (image) => media('thumb', image),
    imageUrl: (image) => media('image', image),
    pictureUrl: (image) => (desktop ? `${PICTURES}${media('image', image)}` : null),
    tileUrl: ({ id, sha256 }, { level, x, y }) => `/media/tile/${id}/${level}/${x}/${y}?v=${sha256.slice(0, 16)}`,
    desktop,
  };
}

/** Gives the host to the whole tree. */
export const HostContext = createContext<Host | null>(null);

/** The host this component runs in. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('no HostContext above this component');
  return host;
}
