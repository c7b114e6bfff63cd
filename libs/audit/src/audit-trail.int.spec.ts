import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventLog, type EventLog } from '@domeinbrug/event-store';
import type { AuditRecord } from './audit-record.js';
import { AuditNotWritten, AuditTrail, verifyAudit } from './audit-trail.js';

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-audit-'));
let log: EventLog;

beforeAll(async () => {
  log = await openEventLog({ kind: 'folder', dataDir: folder });
});

afterAll(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const pageOf = (lines: number, organisation = 'urn:nld:uzovi:3311'): AuditRecord[] =>
  Array.from({ length: lines }, (_, number) => ({
    event: { code: '110106', action: 'read', at: 0, outcome: 'allowed', status: 200, problem: null },
    user: {
      role: 'insurer',
      organisation,
      actedBy: null,
      accessPoint: 'GET /v1/funders/:funder/coverage',
    },
    object: {
      kind: 'coverage',
      client: `CLIENT${number}`,
      question: '',
      purpose: 'funding',
      reason: null,
      policy: '',
    },
    log: { source: 'domeinbrug', requestId: '1', traceId: null },
  }));

test('more pages at once than the log takes lines are all written, and one line does not wait for them', async () => {
  const trail = new AuditTrail(log);
  const done: string[] = [];
  const pages = Array.from({ length: 20 }, () => trail.write(pageOf(1_000)).then(() => done.push('page')));
  await trail.write(pageOf(1)).then(() => done.push('line'));
  expect(done).toEqual(['line']);
  await Promise.all(pages);
  expect(await verifyAudit(log)).toMatchObject({ events: 20_001, broken: [], changed: [] });
}, 60_000);

test('what is too much to wait is refused before any line of it is written, and later is taken', async () => {
  const trail = new AuditTrail(log, 1_000);
  const before = (await log.head()).position;
  const first = trail.write(pageOf(200, 'a'));
  await expect(trail.write(pageOf(200, 'a'))).rejects.toThrow(/200 lines of this asker wait/);
  const others = ['b', 'c', 'd', 'e'].map((who) => trail.write(pageOf(200, who)));
  await expect(trail.write(pageOf(200, 'f'))).rejects.toThrow(AuditNotWritten);
  await Promise.all([first, ...others]);
  await trail.write(pageOf(200, 'a'));
  expect(Number((await log.head()).position) - Number(before)).toBe(1_200);
}, 60_000);
