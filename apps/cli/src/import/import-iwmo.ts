import type { EventLog } from '@domeinbrug/event-store';
import {
  decideIwmo,
  readIwmo,
  type IntendedFact,
  type IwmoOptions,
  type Pseudonyms,
} from '@domeinbrug/intake';
import { journeyEventOf, streamOfClient } from '@domeinbrug/journey';
import { readFile } from 'node:fs/promises';
import { appendEvents } from './append-events.js';
import { addCounts, nothingYet, type PartImported } from './outcome.js';

/** Takes in one iWmo message: what it says of each client is weighed against what the client's stream says. */
export async function importIwmo(
  file: string,
  log: EventLog,
  { pseudonyms, mapping }: { pseudonyms: Pseudonyms } & IwmoOptions,
): Promise<PartImported> {
  const { messages, facts, rejects } = readIwmo(await readFile(file, 'utf8'), { mapping });
  const imported: PartImported = {
    counts: {
      ...nothingYet(),
      noJourneyEvent: messages.filter(({ outcome }) => outcome === 'no-journey-event').length,
      rejected: new Set(rejects.map(({ where }) => where)).size,
    },
    rejects: [...rejects],
    reports: [],
  };
  for (const [bsn, about] of byClient(facts)) {
    const part = await importClient(await pseudonyms.clientIdOf(bsn), about, log);
    addCounts(imported.counts, part.counts);
    imported.rejects.push(...part.rejects);
    imported.reports.push(...part.reports);
  }
  return imported;
}

async function importClient(
  clientId: string,
  facts: readonly IntendedFact[],
  log: EventLog,
): Promise<PartImported> {
  const stored = await log.readStream(streamOfClient(clientId));
  const existing = stored.map((each) => ({ event: journeyEventOf(each), content: each.content }));
  const { events, known, reports } = decideIwmo(facts, existing, clientId);
  const where = facts[0]!.where;
  const appended = await appendEvents(
    log,
    events.map((event) => ({ event, where })),
  );
  const reported = (code: string): number => reports.filter((report) => report.code === code).length;
  return {
    counts: {
      ...nothingYet(),
      recorded: appended.recorded,
      known: known + appended.known,
      rejected: appended.rejects.length,
      superseded: reported('superseded'),
      waiting: reported('waiting-for-301'),
    },
    rejects: appended.rejects,
    reports,
  };
}

function byClient(facts: readonly IntendedFact[]): Map<string, IntendedFact[]> {
  const clients = new Map<string, IntendedFact[]>();
  for (const fact of facts) clients.set(fact.bsn, [...(clients.get(fact.bsn) ?? []), fact]);
  return clients;
}
