import { comparePositions, openKurrentdbEventLog } from '@domeinbrug/event-store';
import type { EventLog } from '@domeinbrug/event-store';
import type { AppendFault } from '../../../../test/contract/kurrentdb-stand-in/faults.js';
import { KurrentdbStandIn } from '../../../../test/contract/kurrentdb-stand-in/stand-in.js';
import { persist, seeded } from '../../../../test/servers/under-faults.js';

const { everything, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  '../../../../dist/libs/event-store/src/contract/sample-events.js',
);

const timing = { answer: 150, follow: 300, firstPause: 5, longestPause: 40, tries: 3, probe: 50 };
const streams = ['journey-a', 'journey-b', 'journey-c'];

/** Lets something go wrong, over and over, until it is told to stop. */
function trouble(standIn: KurrentdbStandIn, random: () => number): () => void {
  const faults: AppendFault[] = [
    { kind: 'swallow' },
    { kind: 'ignore' },
    { kind: 'unknown' },
    { kind: 'not-ready' },
    { kind: 'not-leader' },
    { kind: 'delay', milliseconds: 60 },
  ];
  const timer = setInterval(() => {
    const chance = random();
    if (chance < 0.1) standIn.proxy.cut();
    else if (chance < 0.2) standIn.dropSubscriptions();
    else if (chance < 0.3) standIn.faults.twice = !standIn.faults.twice;
    else if (chance < 0.8) standIn.faults.onAppend(faults[Math.floor(random() * faults.length)]!);
  }, 10);
  return () => clearInterval(timer);
}

it.each([1, 2, 3])('loses nothing and doubles nothing, whatever goes wrong (%i)', async (seed) => {
  const standIn = await KurrentdbStandIn.start();
  const open = (): Promise<EventLog> => openKurrentdbEventLog({ url: standIn.url, timing });
  const processes = [await open(), await open(), await open()];
  const random = seeded(seed);
  const endTrouble = trouble(standIn, random);
  // Every process sends every batch, as when a sender gets no answer from one and goes to the next.
  const batches = Array.from({ length: 30 }, (_, number) => ({
    stream: streams[number % streams.length]!,
    ids: [`${number}, first`, `${number}, second`],
  }));
  const results = await Promise.all(
    processes.map((log) =>
      Promise.all(batches.map(({ stream, ids }) => persist(log, sampleAppend(stream, 'any', ...ids)))),
    ),
  );
  endTrouble();
  const fresh = await open();
  const stored = await everything(fresh);

  const sent = batches.flatMap(({ stream, ids }) => ids.map((id) => `${stream}: ${id}`));
  expect(stored.map(({ stream, id }) => `${stream}: ${id}`).sort()).toEqual([...sent].sort());
  for (const [index, { position }] of stored.entries()) {
    if (index > 0) expect(comparePositions(stored[index - 1]!.position, position)).toBeLessThan(0);
  }
  const positionOf = new Map(stored.map(({ stream, id, position }) => [`${stream}: ${id}`, position]));
  for (const [number, { stream, ids }] of batches.entries()) {
    const answers = results.map((own) => own[number]!);
    const positions = ids.map((id) => positionOf.get(`${stream}: ${id}`));
    for (const answer of answers) expect(answer).toMatchObject({ positions });
    // One at most is told that it was new; none, when the one that stored it was not answered and sent it again.
    expect(answers.filter(({ status }) => status === 'appended').length).toBeLessThanOrEqual(1);
  }
  for (const log of processes) {
    while ((await log.head()).position !== stored.at(-1)!.position) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await everything(log)).toEqual(stored);
  }
  await Promise.all([...processes, fresh].map((log) => log.close()));
  await standIn.stop();
});

it.each(['everything', 'answers'] as const)(
  'ends what it was asked in a black hole (%s), and goes on by itself afterwards',
  async (held) => {
    const standIn = await KurrentdbStandIn.start();
    const log = await openKurrentdbEventLog({ url: standIn.url, timing });
    await log.append(sampleAppend('journey-a', 'no-stream', 'a'));
    standIn.proxy.hold(held);
    const before = Date.now();
    const lost: unknown = await log
      .append(sampleAppend('journey-a', 'any', 'b'))
      .catch((error: unknown) => error);
    expect(lost).toMatchObject({ name: 'AppendFailed' });
    expect(Date.now() - before).toBeLessThan(5_000); // three tries and the pauses between them, on a busy machine
    standIn.proxy.release();
    await persist(log, sampleAppend('journey-a', 'any', 'b'));
    await persist(log, sampleAppend('journey-a', 'any', 'c'));
    expect((await everything(log)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    await log.close();
    await standIn.stop();
  },
);
