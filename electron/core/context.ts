/** What every method of the core is given. */
import type { Holder, ProjectInfo } from '../../shared/domain/project.ts';
import type { ChangeNotice } from '../../shared/rpc/contract.ts';
import type { Caller } from '../../shared/rpc/server.ts';
import type { Edits } from './edits.ts';
import type { EncoderProcess } from './encoder/encoder-process.ts';
import type { Indexing } from './encoder/indexing.ts';
import type { EncoderLibrary } from './encoder/library.ts';
import type { CoreHost } from './host.ts';
import type { Hub } from './hub.ts';
import type { Figures } from './quality/figures/figures.ts';
import type { Lint } from './quality/lint/lint.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { MadeSpace } from './media/made-space.ts';
import type { Project } from './project.ts';
import type { Proposals } from './proposals/proposals.ts';
import type { Similar } from './search/similar.ts';
import type { Profile } from './settings.ts';

/** The open project with what keeps running for it. */
export interface OpenProject extends Project {
  readonly edits: Edits;
  readonly figures: Figures;
  readonly lint: Lint;
  readonly jobs: Jobs;
  readonly indexing: Indexing;
  readonly similar: Similar;
  readonly proposals: Proposals;
  readonly space: MadeSpace;
  /** Lets another person act from now on. */
  become(personId: string): void;
  close(): Promise<void>;
}
export type OpenOutcome =
  | { readonly status: 'opened'; readonly project: ProjectInfo; readonly backup: string | null }
  | { readonly status: 'held'; readonly holder: Holder };

export interface App {
  readonly host: CoreHost;
  readonly changes: Hub<ChangeNotice>;
  /** One for the app: what an encoder knows does not depend on the project. */
  readonly encoder: EncoderProcess;
  /** Those that are installed on this machine. */
  readonly encoders: EncoderLibrary;
  readonly profile: Profile;
  /** Renames a person of the open project; the machine's own also for the next one. */
  rename(personId: string, name: string): void;
  /** The open project. Throws `unavailable` (`no-project`) when none is. */
  project(): OpenProject;
  readonly current: OpenProject | null;
  /** Closes what is open and opens this folder; with `create`, makes a project of that name there. */
  open(folder: string, create?: { name: string }): Promise<OpenOutcome>;
  /** Closes the open project. */
  close(): Promise<void>;
  /** Closes it and ends what runs for the app. */
  end(): Promise<void>;
}

export interface Context extends Caller {
  readonly app: App;
  /** The window or browser that calls. */
  readonly clientId: string;
}
