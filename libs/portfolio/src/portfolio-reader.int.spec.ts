import { readFileSync } from 'node:fs';
import { ArchiveReader, ArchiveWriter, type ArchiveShared } from '@domeinbrug/archive';
import { parseDay } from '@domeinbrug/calendar';
import { wholeCover } from '@domeinbrug/coverage';
import { foldJourney, type JourneyEvent } from '@domeinbrug/journey';
import {
  answerQuestions,
  archivePortfolio,
  PortfolioNotReady,
  startPortfolioReader,
  type FunderDaysAsked,
  type PortfolioReader,
  type Viewpoint,
} from '@domeinbrug/portfolio';
import { findRuleSet, loadRuleSets, type RuleSet } from '@domeinbrug/rules';

const ruleSet = shipped('sharp-cut');
const asked: FunderDaysAsked = {
  funder: 'insurer:3311',
  scope: { ...wholeCover, from: parseDay('2024-01-01'), until: parseDay('2025-01-01') },
};
const viewAt = (position: number): Viewpoint => ({
  at: { instant: position * 1000, position: String(position) },
  ruleSet,
});

let writer: ArchiveWriter;
let given: ArchiveShared | null;
let reader: PortfolioReader;

beforeEach(() => {
  writer = ArchiveWriter.empty();
  given = writer.shared();
  reader = startPortfolioReader(() => given, 50);
});

afterEach(() => reader.close());

/** A client with a case manager from a day on. */
function tell(position: number, client: string, firstDay: string): void {
  const events = [
    { type: 'client-registered', data: { firstDay, municipality: '0363', insurer: '3311' } },
    { type: 'case-management-started', data: { firstDay, provider: '65656055' } },
  ].map(
    (event, at) => ({ ...event, source: 'urn:s', id: `${at}`, recordedAt: 0 }) as unknown as JourneyEvent,
  );
  const at = { position: String(position), recordedAt: position * 1000 };
  writer.apply(at, client, foldJourney(events, 0));
  writer.commit(at);
}

test('questions are answered on the thread as they would be here, also of what was told since it began', async () => {
  tell(1, 'CLIENT0A', '2024-01-01');
  expect(await reader.totals(viewAt(1), asked)).toMatchObject({ clients: 1, cover: { days: 366 } });
  tell(2, 'CLIENT0B', '2024-12-31');
  const here = answerQuestions(archivePortfolio(new ArchiveReader(writer.shared())));
  const page = { after: '', limit: 1 };
  const [totals, clients, settlement] = await Promise.all([
    reader.totals(viewAt(2), asked),
    reader.clients(viewAt(2), asked, page),
    reader.settlement(viewAt(1), viewAt(2), asked),
  ]);
  expect(totals.cover.days).toBe(367);
  expect(totals).toEqual(await here.totals(viewAt(2), asked));
  expect(clients).toEqual({ found: ['CLIENT0A'], more: true });
  expect(settlement.effects.data.days).toBe(1);
  expect((await reader.totals(viewAt(1), asked)).clients).toBe(1);
});

test('another generation of the archive takes over', async () => {
  tell(1, 'CLIENT0A', '2024-01-01');
  await reader.totals(viewAt(1), asked);
  writer = ArchiveWriter.empty();
  given = writer.shared();
  tell(3, 'CLIENT0A', '2024-12-31');
  expect((await reader.totals(viewAt(3), asked)).cover.days).toBe(1);
});

test('what the archive has not taken in yet is waited for, and not for ever', async () => {
  const told = reader.totals(viewAt(1), asked);
  tell(1, 'CLIENT0A', '2024-01-01');
  expect((await told).clients).toBe(1);
  await expect(reader.totals(viewAt(2), asked)).rejects.toThrow(PortfolioNotReady);
  given = null;
  await expect(reader.totals(viewAt(1), asked)).rejects.toThrow(PortfolioNotReady);
});

test('a question that cannot be answered fails alone', async () => {
  tell(1, 'CLIENT0A', '2024-01-01');
  const broken = {
    ...viewAt(1),
    ruleSet: { ...ruleSet, windows: [{}], hash: 'broken' } as unknown as RuleSet,
  };
  const sound = reader.totals(viewAt(1), asked);
  await expect(reader.totals(broken, asked)).rejects.toThrow();
  expect((await sound).clients).toBe(1);
});

test('questions in hand are rejected at the end', async () => {
  tell(1, 'CLIENT0A', '2024-01-01');
  await reader.totals(viewAt(1), asked);
  const told = reader.totals(viewAt(1), asked);
  await Promise.resolve(); // the question is on its way
  const outcome = expect(told).rejects.toThrow(PortfolioNotReady);
  await reader.close();
  await outcome;
});

function shipped(id: string): RuleSet {
  const read = loadRuleSets([{ name: id, text: readFileSync(`rules/${id}.yaml`, 'utf8') }]);
  if (!read.ok) throw new Error(read.problems[0]!.message);
  return findRuleSet(read.value, id)!;
}
