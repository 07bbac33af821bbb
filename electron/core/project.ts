/** The open project, as the parts of the core see it. */
import type { Database } from 'better-sqlite3';
import type { ChangeNotice } from '../../shared/rpc/contract.ts';
import type { ProjectInfo } from '../../shared/domain/project.ts';
import type { EncoderProcess } from './encoder/encoder-process.ts';
import type { CoreHost } from './host.ts';
import type { MediaPool } from './media/pool.ts';
import type { ModelProcess } from './model-process.ts';
import type { ReaderTasks } from './reading/messages.ts';

/** Who works here: the author of every edit made through this core. Another person may take over, so read it when it is needed. */
export interface Acting {
  readonly userId: string;
  readonly deviceId: string;
  /** `all`: the command line, which works for whoever has the folder. `none`: the passphrase was not given yet. By the person's role where absent. */
  readonly rights?: 'all' | 'none' | undefined;
}

export interface Project {
  readonly folder: string;
  readonly db: Database;
  readonly host: CoreHost;
  readonly me: Acting;
  readonly media: MediaPool;
  readonly encoder: EncoderProcess;
  /** Reads text in pictures. */
  readonly reader: ModelProcess<ReaderTasks>;
  info(): ProjectInfo;
  /** Tells every client what changed, once the transaction is over. */
  notify(notice: ChangeNotice): void;
}
