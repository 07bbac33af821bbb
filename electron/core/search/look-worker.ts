/** A thread of the search process that looks at segments. It never returns to its event loop: memories come with the look that needs them. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Helping, takeOne, waitForWork } from './crew.ts';
import type { KernelMemory } from './kernel.ts';
import { openSegment, type Segment } from './segment.ts';

const { board, size, at } = workerData as Helping;
const segments: Segment[] = [];

function takeMemories(): void {
  for (let sent = receiveMessageOnPort(parentPort!); sent; sent = receiveMessageOnPort(parentPort!)) {
    segments.push(openSegment(size, at, sent.message as KernelMemory));
  }
}
for (;;) {
  waitForWork(board);
  takeMemories();
  while (takeOne(board, segments, at, size) === 'did');
}
