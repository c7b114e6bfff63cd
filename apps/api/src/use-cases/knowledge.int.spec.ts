import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog, type EventLog } from '@domeinbrug/event-store';
import { knowledgeOf, PositionUnknown } from './knowledge.js';

const aheadOfClock = Date.now() + 86_400_000;
let folder: string;
let log: EventLog;

/** A log whose last event was recorded by a clock that has been set back since. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'domeinbrug-knowledge-'));
  log = await openSqliteEventLog({ dataDir: folder });
  const event = { id: 'a', type: 'x', content: {}, personal: null, metadata: {} };
  await log.append({
    stream: 'client-1',
    expectedRevision: 'no-stream',
    events: [{ ...event, contentHash: '0'.repeat(64) }],
    recordedAt: [aheadOfClock],
  });
});

afterAll(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

test('a moment still to come knows everything that the log holds', async () => {
  const all = await knowledgeOf(log);
  expect(all.instant).toBe(aheadOfClock);
  expect(await knowledgeOf(log, { instant: aheadOfClock + 5 })).toEqual(all);
  expect(await knowledgeOf(log, { instant: aheadOfClock })).toEqual(all);
});

test('a position is the moment of its event; the one before the first knows nothing', async () => {
  const { position } = await knowledgeOf(log);
  expect(await knowledgeOf(log, { position })).toEqual({ instant: aheadOfClock, position });
  expect(await knowledgeOf(log, { position: '0' })).toEqual({ instant: 0, position: '0' });
  await expect(knowledgeOf(log, { position: '999' })).rejects.toThrow(PositionUnknown);
});
