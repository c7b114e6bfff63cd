import { auditOfClient, auditPlaceOf, verifyAudit, type AuditRecord } from '@domeinbrug/audit';
import { determineCoverage } from '@domeinbrug/coverage';
import { openEventLogReader, type EventLogReader } from '@domeinbrug/event-store';
import { openLogReaderAt, sealedPlaceOf } from '@domeinbrug/privacy';
import { openRules } from '../../../api/src/stores/open-rules.js';
import { clientArgument } from '../arguments.js';
import { personOf, unknownClient } from '../journey-of.js';
import { knowledgeOf } from '../knowledge.js';
import { exitCodes, type ExitCode } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { clientExtract } from '../text/client-extract.js';
import { describeChain, isSound } from '../verify-log.js';

type Options = FolderOptions & { json?: boolean };

/** Compares each line of the audit trail with its digest. Reads only. Exit code 1 when anything was changed. */
export async function auditVerify(terminal: Terminal, options: Options): Promise<ExitCode> {
  const trail = await openEventLogReader(auditPlaceOf(settingsFor(options)));
  try {
    const found = await verifyAudit(trail);
    terminal.out(
      options.json ? JSON.stringify(found, null, 2) : describeChain('audit trail', found).join('\n'),
    );
    return isSound(found) ? exitCodes.done : exitCodes.problems;
  } finally {
    await trail.close();
  }
}

/**
 * For the client: who pays for the care, and who looked, by whatever id; also where nothing else is known any more. In Dutch;
 * `--json` gives the lines as they were written.
 */
export async function auditExtract(terminal: Terminal, options: Options, client: string): Promise<void> {
  const clientId = clientArgument(client);
  const config = settingsFor(options);
  const log = await openLogReaderAt(sealedPlaceOf(config));
  try {
    const rules = await openRules(config, log);
    const knownAt = await knowledgeOf(log, undefined);
    const person = await personOf(log, clientId, knownAt.position);
    const lines = await reading(await openEventLogReader(auditPlaceOf(config)), (trail) =>
      looksAt(trail, person.membersAt(knownAt.position)),
    );
    const journey = person.journeyAt(knownAt.position);
    if (journey.events.length === 0 && lines.length === 0) throw unknownClient(clientId);
    const timeline = determineCoverage(journey, rules.compiledOf(rules.active), knownAt);
    terminal.out(
      options.json
        ? JSON.stringify({ clientId, cover: timeline.cover, lines }, null, 2)
        : clientExtract(timeline, lines).join('\n'),
    );
  } finally {
    await log.close();
  }
}

/** All lines about one person, in the order of their moments. */
async function looksAt(trail: EventLogReader, ids: readonly string[]): Promise<AuditRecord[]> {
  const lines = await Promise.all(ids.map((id) => auditOfClient(trail, id)));
  return lines.flat().sort((a, b) => a.event.at - b.event.at);
}

async function reading<T>(trail: EventLogReader, read: (trail: EventLogReader) => Promise<T>): Promise<T> {
  try {
    return await read(trail);
  } finally {
    await trail.close();
  }
}
