/** The desktop's wire: frames go through the preload script to main and on to the core. */
import type { DesktopBridge } from '../../shared/rpc/desktop-bridge.ts';
import type { ClientWire, ServerFrame } from '../../shared/rpc/wire.ts';

/** Hands out a fresh wire at the start and after every restart of the core. */
export function bridgeLink(bridge: DesktopBridge, attach: (wire: ClientWire) => void): void {
  let receive: (frame: ServerFrame) => void = () => {};
  let drop: () => void = () => {};
  bridge.onMessage((frame) => receive(frame));
  const begin = () => {
    drop();
    let closed = false;
    const closers: (() => void)[] = [];
    const close = () => {
      if (closed) return;
      closed = true;
      for (const closer of closers) closer();
    };
    drop = close;
    attach({
      send: (frame) => {
        if (!closed) bridge.send(frame);
      },
      onMessage: (listener) => {
        receive = (frame) => {
          if (!closed) listener(frame);
        };
      },
      onClose: (listener) => void closers.push(listener),
      close,
      get closed() {
        return closed;
      },
    });
  };
  bridge.onCore((alive) => {
    if (alive) begin();
    else drop();
  });
  begin();
}
