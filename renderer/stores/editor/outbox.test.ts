import { expect, test } from 'vitest';
import { addCaption } from '../../../shared/domain/authoring.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { emptyDoc } from '../../../shared/domain/model.ts';
import type { Op } from '../../../shared/domain/ops.ts';
import { setWorkState } from '../../../shared/domain/review.ts';
import type { Client, Input } from '../../../shared/rpc/client.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { createOutbox } from './outbox.ts';

test('an image that the core does not take as handed in is a draft again, says so, and all that was written is sent', async () => {
  const imageId = newId();
  const sent: Input<'edits.apply'>[] = [];
  const call = (_name: string, edit: Input<'edits.apply'>) => {
    if (JSON.stringify(edit.ops).includes('"state":"submitted"')) return Promise.reject(new AppError('invalid', 'held', { key: 'held-back', count: 1 }));
    sent.push(edit);
    return Promise.resolve({ status: 'saved', rev: sent.length, seq: sent.length, at: 1, canUndo: true, canRedo: false });
  };
  const client = { call } as unknown as Pick<Client, 'call'>;
  const loaded = { imageId, rev: 0, doc: emptyDoc(imageId), canUndo: false, canRedo: false, activeMs: 0 };
  let held = 0;
  const outbox = createOutbox(client, loaded, { changed: () => {}, merged: () => {}, held: () => held++ });
  outbox.push([...addCaption('me', 'One.'), ...setWorkState(outbox.doc, 'me', 'submitted')], newId());
  outbox.push(addCaption('me', 'Two.'), newId());
  expect(await outbox.drained()).toBe(true);
  expect(outbox.doc.status[0]!.state).toBe('todo');
  expect(outbox.doc.caption.map(({ text }) => text)).toEqual(['One.', 'Two.']);
  expect(sent.flatMap(({ ops }) => ops.map((op) => (op as Op).kind))).toEqual(['caption', 'caption']);
  expect(held).toBe(1);
  expect(outbox.error).toBeNull();
});
