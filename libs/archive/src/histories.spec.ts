import { parseDay } from '@domeinbrug/calendar';
import type { JourneyEvent, JourneyFacts } from '@domeinbrug/journey';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fold } from '../../../test/build/answers.js';
import { pooled, registered, wmo } from '../../../test/build/events.js';
import { ArchiveBuilder } from './archive-builder.js';
import { readArchive } from './archive-files.js';
import { ArchiveReader } from './archive-reader.js';
import { packHistories, type ClientHistory } from './histories.js';

const place = { dataDir: mkdtempSync(join(tmpdir(), 'archive-')), foldVersion: 'test' };
afterAll(() => rmSync(place.dataDir, { recursive: true }));

const historyOf = (client: string, ...events: JourneyEvent[]): ClientHistory => ({
  client,
  steps: events.map(({ recordedAt }, at) => ({ recordedAt, facts: fold(...events.slice(0, at + 1)) })),
});

test('parts that were folded apart name pools, providers and volumes alike once they are put together', async () => {
  const volume = (quantity: number) => ({ quantity, unit: 'hours', per: 'week' }) as const;
  const granted = (provider: string, hours: number): JourneyEvent =>
    wmo(['guidance'], '2024-02-01', { provider, volume: volume(hours) });
  const builder = new ArchiveBuilder();
  builder.add(
    packHistories([
      historyOf(
        'client0001',
        registered('2024-01-01'),
        granted('41414141', 3),
        pooled(['guidance'], '2024-03-01'),
      ),
    ]),
  );
  builder.add(
    packHistories([
      historyOf('client0002', granted('42424242', 5), pooled(['guidance'], '2024-03-01', { pool: 'other' })),
      historyOf('nobody0001'),
    ]),
  );
  await builder.finish(place);

  const reader = new ArchiveReader(readArchive(place)!);
  const factsOf = (client: string): JourneyFacts => reader.factsAt(reader.numberOf(client)!, 'now');
  const said = ['client0001', 'client0002'].map((client) => {
    const { claims, joint, pools } = factsOf(client);
    return [claims[0]!.provider, claims[0]!.volume, pools[joint[0]!.pool]];
  });
  expect(said).toEqual([
    [41414141, volume(3), 'bridge'],
    [42424242, volume(5), 'other'],
  ]);
  expect(reader.numberOf('nobody0001')).toBeUndefined();
  // Both were granted care at the same moment: events of two parts stand between one another.
  expect(reader.momentOf(2).recordedAt).toBe(reader.momentOf(3).recordedAt);
  expect(factsOf('client0001').homes[0]!.from).toBe(parseDay('2024-01-01'));
});
