/** A project: one folder with a database, media and exports. */
export interface ProjectInfo {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly createdAt: number;
  readonly images: number;
  /** Sequence number of the last event. */
  readonly seq: number;
  /** The folder lies in one that is synchronised or shared (Dropbox, OneDrive, network): a live database can be damaged there. */
  readonly risky: 'synced' | null;
}
export interface RecentProject {
  readonly name: string;
  readonly folder: string;
  readonly openedAt: number;
  readonly exists: boolean;
}
/** Who has a project open. */
export interface Holder {
  readonly person: string;
  readonly host: string;
  readonly program: 'desktop' | 'cli' | 'server';
  readonly since: number;
}
export interface Person {
  readonly id: string;
  readonly name: string;
}
