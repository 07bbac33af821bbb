/**
 * A core that is meant to be killed (kill.test.ts): once told so on standard input it opens the project in argv[2] and edits its images without a pause,
 * through the door. It prints every acknowledged edit: `saved <event id>`, and for undo and redo `stepped <image id> <rev>`.
 */
import path from 'node:path';
import { asDraft } from '../../../shared/domain/authoring.ts';
import { imageFilterSchema } from '../../../shared/domain/image.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { type Client, createClient } from '../../../shared/rpc/client.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { wirePair } from '../../../shared/rpc/wire.ts';
import { AUTHOR_ID, opsOf } from '../../../shared/testing/random-work.ts';
import { createCore } from '../core.ts';
import { nodeSpawn } from '../media/node-spawn.ts';

const folder = process.argv[2]!;
/** A pipe is written synchronously here: what was printed is with the parent, whatever happens next. */
const tell = (line: string) => process.stdout.write(`${line}\n`);
const below = (count: number) => Math.floor(Math.random() * count);
const TEXTS = ['two dogs', '二匹の犬 🐕', '👩‍👩‍👧 family', 'a\nb', '', 'a long caption that goes on and on '.repeat(5)];

async function edit(client: Client, imageId: string, me: string): Promise<void> {
  const { doc, rev } = await client.call('edits.load', { imageId });
  const action = { what: below(100), pick: below(1000), x: Math.random() * 100, y: Math.random() * 100, text: TEXTS[below(TEXTS.length)]! };
  const ops = JSON.parse(JSON.stringify(asDraft(doc, opsOf(doc, action))).replaceAll(AUTHOR_ID, me)) as Op[];
  if (ops.length === 0) return;
  const eventId = newId();
  const result = await client.call('edits.apply', { eventId, imageId, baseRev: rev, groupId: newId(), ops });
  if (result.status === 'saved') tell(`saved ${eventId}`);
}

async function step(client: Client, imageId: string): Promise<void> {
  const result = await client.call(below(2) ? 'edits.undo' : 'edits.redo', { imageId });
  if (result.status === 'done') for (const doc of result.docs) tell(`stepped ${doc.imageId} ${doc.rev}`);
}

/** What a finding holds back is not handed in: random work has empty labels, too. */
function passHeld(thrown: unknown): void {
  if (!(thrown instanceof AppError && thrown.details['key'] === 'held-back')) throw thrown;
}

async function main(): Promise<void> {
  const core = createCore({
    program: 'cli',
    version: '0.0.0',
    settingsFolder: path.join(folder, '..', 'home'),
    projectsFolder: path.join(folder, '..'),
    assetsFolder: folder,
    bundledEncodersFolder: null,
    spawn: nodeSpawn,
    log: (message, thrown) => console.error(message, thrown),
  });
  const { client: wire, server } = wirePair();
  core.connect(server, { roles: new Set(['annotate', 'lead', 'local']), clientId: 'kill-target' });
  const client = createClient(wire);
  const outcome = await client.call('project.open', { folder });
  if (outcome.status !== 'opened') throw new Error(`the project is held: ${JSON.stringify(outcome)}`);
  const { me } = await client.call('app.info', {});
  const { images } = await client.call('images.page', { filter: imageFilterSchema.parse({ sort: 'added', descending: true }), offset: 0, limit: 6 });
  for (;;) {
    const { id } = images[below(images.length)]!;
    await (below(8) === 0 ? step(client, id) : edit(client, id, me.id)).catch(passHeld);
    // The stream must not keep the pipe and the timers waiting forever: microtasks alone would.
    if (below(20) === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

// Loaded and waiting, so that the parent does not wait for the next one to start.
process.stdin.once('data', () => void main());
tell('ready');
