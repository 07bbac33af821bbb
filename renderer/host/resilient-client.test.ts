import { expect, test } from 'vitest';
import { type ClientFrame, type ServerWire, wirePair } from '../../shared/rpc/wire.ts';
import { resilientClient } from './resilient-client.ts';

/** A core that answers `app.info` with its own name, and streams it. */
function core(server: ServerWire, name: string): ClientFrame[] {
  const seen: ClientFrame[] = [];
  server.onMessage((frame) => {
    seen.push(frame);
    if (frame.t === 'call') server.send({ t: 'ok', id: frame.id, value: name });
    if (frame.t === 'open') server.send({ t: 'item', id: frame.id, value: name });
  });
  return seen;
}
const info = (client: ReturnType<typeof resilientClient>['client']) => client.call('app.info', {}) as Promise<unknown>;

test('a call made while the core is away is answered by the one that comes', async () => {
  const { client, attach } = resilientClient();
  const early = info(client);
  const first = wirePair();
  core(first.server, 'first');
  attach(first.client);
  expect(await early).toBe('first');
  first.client.close();
  const between = info(client);
  const second = wirePair();
  core(second.server, 'second');
  attach(second.client);
  expect(await between).toBe('second');
});

test('a call under way when the core dies fails as unavailable and is not sent again', async () => {
  const { client, attach } = resilientClient();
  const first = wirePair();
  attach(first.client);
  const call = info(client);
  first.client.close();
  const second = wirePair();
  const seen = core(second.server, 'second');
  attach(second.client);
  await expect(call).rejects.toMatchObject({ code: 'unavailable', details: { key: 'core-gone' } });
  expect(seen).toEqual([]);
});

test('patience ends with a sentence, and a cancelled call waits no longer', async () => {
  const { client } = resilientClient(5);
  await expect(info(client)).rejects.toMatchObject({ code: 'unavailable', details: { key: 'core-gone' } });
  const abort = new AbortController();
  const call = resilientClient().client.call('app.info', {}, abort.signal);
  abort.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

test('listeners hear of every loss and return', () => {
  const { attach, onConnection } = resilientClient();
  const heard: boolean[] = [];
  const end = onConnection((alive) => heard.push(alive));
  const first = wirePair();
  attach(first.client);
  first.client.close();
  const second = wirePair();
  attach(second.client);
  // A wire that is no longer used says nothing.
  first.client.close();
  end();
  second.client.close();
  expect(heard).toEqual([true, false, true]);
});

test('a stream opened while the core is away begins when it is there', async () => {
  const { client, attach } = resilientClient();
  const stream = client.open('changes.watch', {});
  const first = stream.next();
  const wires = wirePair();
  core(wires.server, 'news');
  attach(wires.client);
  expect(await first).toEqual({ value: 'news', done: false });
  await stream.return?.();
});
