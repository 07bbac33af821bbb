/** The core process's end of the channel to main: a utilityProcess has `parentPort`, a Node child has `process.send`. */
import type { FromCore, ToCore } from '../../shared/rpc/core-messages.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
export interface DesktopPort {
  send(message: FromCore): void;
  onMessage(listener: (message: ToCore) => void): void;
  /** Main is gone. */
  onClose(listener: () => void): void;
}

/** Opens the channel that this process was started with. */
export function openDesktopPort(): DesktopPort {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data as ToCore)),
      // Electron ends a utilityProcess together with its main process.
      onClose: () => {},
    };
  }
  return {
    send: (message) => void (process.connected && process.send!(message)),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToCore)),
    onClose: (listener) => void process.on('disconnect', listener),
  };
}
