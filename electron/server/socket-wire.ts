/** The server's end of a browser's wire: frames as JSON texts on a WebSocket. What is no frame ends the connection. */
import type { WebSocket } from 'ws';
import { clientFrameSchema, type ClientFrame, type ServerWire } from '../../shared/rpc/wire.ts';

/** The largest input of the contract is 200,000 ops of about 200 bytes. */
export const MAX_FRAME_BYTES = 48 * 2 ** 20;
/** A browser that takes nothing for this long a queue is not coming back; it connects anew and reads again what it shows. */
const MAX_WAITING_BYTES = 64 * 2 ** 20;
const HEARTBEAT_MS = 30_000;

/** Closing codes of RFC 6455. */
const codes = { unsupported: 1003, notJson: 1007, notAFrame: 1008 } as const;

export function socketWire(socket: WebSocket, heartbeatMs: number = HEARTBEAT_MS): ServerWire {
  let heard = true;
  socket.on('pong', () => (heard = true));
  // A laptop that was closed says nothing; two unanswered pings tell.
  const heartbeat = setInterval(() => {
    if (!heard) return socket.terminate();
    heard = false;
    socket.ping();
  }, heartbeatMs);
  socket.on('close', () => clearInterval(heartbeat));
  socket.on('error', () => socket.terminate());
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_WAITING_BYTES) return socket.terminate();
      socket.send(JSON.stringify(frame));
    },
    onMessage(listener) {
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        const frame = isBinary ? codes.unsupported : readFrame(data.toString('utf8'));
        if (typeof frame === 'number') socket.close(frame);
        else listener(frame);
      });
    },
    onClose: (listener) => void socket.on('close', () => listener()),
    close: () => socket.close(),
    get closed() {
      return socket.readyState !== socket.OPEN;
    },
  };
}

function readFrame(text: string): ClientFrame | number {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return codes.notJson;
  }
  const parsed = clientFrameSchema.safeParse(value);
  return parsed.success ? parsed.data : codes.notAFrame;
}
