import type { ReactElement } from 'react';

/** One image and what people write about it. */
export function AnnotateScreen(_props: { readonly imageId: string }): ReactElement | null {
  return null;
}
