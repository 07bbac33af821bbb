/** What the core needs of the program that runs it. The core knows nothing of Electron, windows or terminals. */
export interface CoreHost {
  readonly program: 'desktop' | 'cli' | 'server';
  readonly version: string;
  /** Folder of this person's settings on this machine: profile, recent projects. Made when absent. */
  readonly settingsFolder: string;
  /** Where new projects go unless the person chooses another place. */
  readonly projectsFolder: string;
  /** The app's assets folder, for the sample project. */
  readonly assetsFolder: string;
  /** Folder of the encoders that come with the app, one folder each; it may not be there. Null where the host brings none. */
  readonly bundledEncodersFolder: string | null;
  /** Starts a worker process of the core's, by the name of its entry file without extension (`media-worker`). */
  spawn(entry: WorkerEntry): WorkerProcess;
  /** Errors of ours, for the log. */
  log(message: string, thrown?: unknown): void;
}
export type WorkerEntry = 'media-worker' | 'encoder-worker' | 'search-worker' | 'ocr-worker';

/** A process that may die at any time. Messages are cloned structures (Uint8Array allowed). */
export interface WorkerProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, whatever the reason. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}
