/** What the media handler serves; one handler for the desktop's own protocol and for the server's `/media`. */
export type MediaKind = 'thumb' | 'image';
export interface MediaFile {
  readonly path: string;
  readonly mime: string;
}
