/** The browser's wire: frames as JSON on a WebSocket, connected again with back-off when it drops. */
import type { ClientWire, ServerFrame } from '../../shared/rpc/wire.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** Hands out a fresh wire each time the socket opens. */
export function socketLink(url: string, attach: (wire: ClientWire) => void): void {
  let waitMs = FIRST_WAIT_MS;
  const connect = () => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      waitMs = FIRST_WAIT_MS;
      attach(socketWire(socket));
    });
    socket.addEventListener('close', () => {
      // Spread over a quarter, so that a team's browsers do not all come back in the same moment.
      setTimeout(connect, waitMs * (0.875 + Math.random() / 4));
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
  };
  connect();
}

function socketWire(socket: WebSocket): ClientWire {
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
    onMessage: (listener) => socket.addEventListener('message', (event) => listener(JSON.parse(String(event.data)) as ServerFrame)),
    onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
    close: () => socket.close(),
    get closed() {
      return socket.readyState !== WebSocket.OPEN;
    },
  };
}
