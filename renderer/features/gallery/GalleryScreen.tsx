import type { ReactElement } from 'react';

/** The project's images. */
export function GalleryScreen(): ReactElement | null {
  return null;
}
