import { parentPort } from 'node:worker_threads';
import { foldPeople, type PeopleToFold } from './fold-people.js';

/** Folds people for the thread that makes the archive; answers each request with their histories. */
if (!parentPort) throw new Error('It runs as a worker thread; start it with generateArchive.');
const port = parentPort;

port.on('message', (people: PeopleToFold) => {
  const packed = foldPeople(people);
  port.postMessage(packed, [
    packed.recordedAt.buffer as ArrayBuffer,
    packed.counts.buffer as ArrayBuffer,
    packed.rows.buffer as ArrayBuffer,
  ]);
});
