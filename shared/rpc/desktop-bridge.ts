/** What the preload script puts on `window.pointillist` in the desktop app, and nothing else. A browser has no such thing. */
import type { ClientFrame, ServerFrame } from './wire.ts';

/** The scheme by which a desktop window is sent whole images: by the browser itself, a third of the time that a handler in main takes. */
export const PICTURE_SCHEME = 'picture';
/** Its one origin; the paths below it are those of media URLs. */
export const PICTURES = `${PICTURE_SCHEME}://pointillist`;

export interface DesktopBridge {
  /** Platform of the machine, by Node's names (`linux`, `darwin`, `win32`), and the Electron it runs on. */
  readonly platform: string;
  readonly runtime: string;
  send(frame: ClientFrame): void;
  onMessage(listener: (frame: ServerFrame) => void): void;
  /** The core went away (`false`) or is back (`true`); frames sent in between are lost and their calls must be failed. */
  onCore(listener: (alive: boolean) => void): void;
  /** Absolute paths of what the person chose, or an empty list. */
  pickFolder(options: { title: string; button: string }): Promise<string[]>;
  /** Pictures, annotation files and archives. `kinds`: what to call all of them, pictures alone, and the others. */
  pickImages(options: { title: string; button: string; kinds: readonly [string, string, string] }): Promise<string[]>;
  /** Work packages and databases of other copies. */
  pickPackages(options: { title: string; button: string }): Promise<string[]>;
  /** One ONNX file. */
  pickModel(options: { title: string; button: string }): Promise<string[]>;
  /** The path of a file or folder that was dropped onto the window. `file` is a DOM File. */
  pathOf(file: unknown): string;
  /** Shows a folder of a finished export or project in the file browser. Only folders the core named are shown. */
  reveal(path: string): Promise<void>;
  /** Languages that spelling is checked in, the folder that takes further dictionaries, and words that the person added; on macOS the system checks. */
  spelling(): Promise<{ languages: string[]; folder: string; bySystem: boolean; ownWords: string[] }>;
  /** Takes a word off those that the person added; whether it was there. */
  forgetWord(word: string): Promise<boolean>;
  /** Tells the window's menu and title which language and project it shows, and which keys the person gave to commands. */
  setChrome(chrome: { locale: string; title: string; keys: Readonly<Record<string, readonly string[]>> }): void;
  /** Menu items of the application menu call commands of the renderer by their id. */
  onMenuCommand(listener: (commandId: string) => void): void;
  /** The system handed a work package to the app; those from before the page listened come at once. */
  onOpenPackage(listener: (file: string) => void): void;
  /** Asked before the window closes: resolve when everything is saved. */
  onBeforeClose(listener: () => Promise<void>): void;
}
