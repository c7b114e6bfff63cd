import type { Asker } from '@domeinbrug/access';
import { openSqliteEventLog, type EventLog } from '@domeinbrug/event-store';
import { ClientAliases } from '@domeinbrug/privacy';
import type { RuleSet } from '@domeinbrug/rules';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daysAsked, readPageStart, writePageStart, type PageStart } from './funder-page.js';

const ruleSet = { id: 'sharp-cut', version: '1' } as RuleSet;
const rules = { find: (name: string) => (name === 'sharp-cut@1' ? ruleSet : undefined) };
const period = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
const asked = daysAsked('insurer:3311', period, { services: ['guidance', 'district-nursing'] });
const aliases = new ClientAliases([Buffer.alloc(32, 1)]);
const insurer = { kind: 'insurer', code: '3311' } as Asker;
let folder: string;
let log: EventLog;

/** Two events, recorded at 1000 and 2000 ms. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'domeinbrug-page-'));
  log = await openSqliteEventLog({ dataDir: folder });
  const event = { type: 'x', content: {}, personal: null, metadata: {}, contentHash: '0'.repeat(64) };
  const events = ['a', 'b'].map((id) => ({ ...event, id }));
  await log.append({ stream: 'client-1', expectedRevision: 'no-stream', events, recordedAt: [1_000, 2_000] });
});

afterAll(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const startAt = (position: string, instant: number): PageStart => ({
  view: { at: { position, instant }, ruleSet },
  client: 'client0001',
});
const write = (start: PageStart): string => writePageStart(aliases, insurer, start, asked);
const read = (text: string, question = asked, asker = insurer): Promise<PageStart> =>
  readPageStart({ log, rules, aliases }, asker, text, question);
const refusal = { errors: [{ pointer: '/after', code: 'invalid-form' }] };

test.each([
  ['0', 0],
  ['0', 999],
  ['1', 1_000],
  ['1', 1_500],
  ['2', 2_000],
  ['2', 9_000],
])('a page at position %s and instant %s goes on where it was', async (position, instant) => {
  const start = startAt(position, instant);
  expect(await read(write(start))).toEqual(start);
});

test.each([
  ['a position that the log does not have', '3', 9_000],
  ['an instant before its position', '2', 1_999],
  ['an instant after the event that follows', '1', 2_001],
  ['a broken instant', '2', 2_000.5],
  ['an instant outside the calendar', '2', 9e15],
])('%s is refused', async (_, position, instant) => {
  await expect(read(write(startAt(position, instant)))).rejects.toMatchObject(refusal);
});

test.each([
  ['funder', daysAsked('insurer:3332', period, { services: ['guidance', 'district-nursing'] })],
  [
    'period',
    daysAsked(
      'insurer:3311',
      { ...period, lastDay: '2024-12-30' },
      { services: ['guidance', 'district-nursing'] },
    ),
  ],
  ['services', daysAsked('insurer:3311', period, { services: ['guidance'] })],
  ['kinds', { ...asked, kinds: ['regular' as const] }],
])('the page of a question about another %s is refused', async (_, other) => {
  await expect(read(write(startAt('2', 2_000)), other)).rejects.toMatchObject(refusal);
});

test('the page of another organisation is refused, and names nobody', async () => {
  const text = write(startAt('2', 2_000));
  expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('client0001');
  await expect(read(text, asked, { ...insurer, code: '3332' })).rejects.toMatchObject(refusal);
});
