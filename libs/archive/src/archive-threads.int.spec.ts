import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ArchiveWriter } from '@domeinbrug/archive';
import { foldJourney, type JourneyFacts } from '@domeinbrug/journey';

const clients = 50;
const rounds = 60;
const homesEach = 5;

/**
 * Reads every client again and again while another thread writes. Event 1 + round * clients + client gives the
 * client homes with the code `round`, so what each client must be like after any event is known.
 */
const reading = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.archive).then(({ ArchiveReader }) => {
  let reader = new ArchiveReader(workerData.shared);
  const wrong = [];
  let reads = 0;
  let past = [];
  function check(client, event) {
    const round = Math.floor((event - 1 - client) / ${clients});
    const codes = event <= client ? [] : reader.factsAt(client, event).homes.map(({ code }) => code);
    if (event > client && (codes.length !== ${homesEach} || codes.some((code) => code !== round)))
      wrong.push({ client, event, round, codes });
    reads += 1;
  }
  function readAll() {
    const event = reader.lastEvent;
    past.push(event);
    for (let client = 0; client < reader.clients; client++) check(client, event);
    const earlier = past[Math.floor(past.length / 2)];
    for (let client = 0; client < reader.clients; client++) check(client, earlier);
    if (event === ${clients * rounds}) parentPort.postMessage({ reads, wrong: wrong.slice(0, 5) });
    else setImmediate(readAll);
  }
  parentPort.on('message', (shared) => (reader = new ArchiveReader(shared)));
  parentPort.postMessage('ready');
  readAll();
});`;

function homes(code: number): JourneyFacts {
  const facts = foldJourney([], 0);
  for (let day = 0; day < homesEach; day++) {
    facts.homes.push({ from: day, until: day + 1, opened: day, ended: -1, code });
  }
  return facts;
}

describe('an archive that is written while others read', () => {
  it('shows whole clients, and of each event the same for ever', async () => {
    const archive = ArchiveWriter.empty();
    let posted = archive.shared();
    const workerData = { archive: require.resolve('@domeinbrug/archive'), shared: posted };
    const worker = new Worker(reading, { eval: true, workerData });
    await once(worker, 'message');
    for (let round = 0; round < rounds; round++) {
      const facts = homes(round);
      for (let client = 0; client < clients; client++) {
        const at = { position: String(1 + round * clients + client), recordedAt: round };
        archive.apply(at, `client${1_000 + client}`, facts);
        archive.commit(at);
        if (archive.shared() !== posted) worker.postMessage((posted = archive.shared()));
      }
    }
    const [{ reads, wrong }] = (await once(worker, 'message')) as [{ reads: number; wrong: unknown[] }];
    await worker.terminate();
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(clients);
    expect(archive.shared().generation).toBeGreaterThan(2);
  }, 60_000);
});
