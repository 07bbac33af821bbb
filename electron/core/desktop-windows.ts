/** The wires of the desktop's windows, all carried by the one channel to main. */
import type { ToCore } from '../../shared/rpc/core-messages.ts';
import type { ClientFrame, ServerWire } from '../../shared/rpc/wire.ts';
import type { DesktopPort } from './desktop-port.ts';

type WindowMessage = Extract<ToCore, { type: 'open-window' | 'close-window' | 'frame' }>;
interface OpenWire {
  receive(frame: ClientFrame): void;
  close(): void;
}

/** Hands a wire to `connect` for every document that opens, and ends it when that is gone. */
export function createDesktopWindows(port: DesktopPort, connect: (wire: ServerWire, id: string) => void): (message: WindowMessage) => void {
  const wires = new Map<string, OpenWire>();
  const open = (id: string) => {
    const inbox: ((frame: ClientFrame) => void)[] = [];
    const closers: (() => void)[] = [];
    let closed = false;
    const close = () => {
      if (closed) return;
      closed = true;
      wires.delete(id);
      for (const closer of closers) closer();
    };
    wires.set(id, { receive: (frame) => inbox.forEach((listener) => listener(frame)), close });
    const wire: ServerWire = {
      send: (frame) => {
        if (!closed) port.send({ type: 'frame', window: id, frame });
      },
      onMessage: (listener) => void inbox.push(listener),
      onClose: (listener) => void closers.push(listener),
      close,
      get closed() {
        return closed;
      },
    };
    connect(wire, id);
  };
  return (message) => {
    if (message.type === 'open-window') open(message.id);
    else if (message.type === 'close-window') wires.get(message.id)?.close();
    else wires.get(message.window)?.receive(message.frame);
  };
}
