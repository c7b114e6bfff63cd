import { formatInstant } from '@domeinbrug/calendar';
import { openLogReaderAt, sealedPlaceOf } from '@domeinbrug/privacy';
import { openRules } from '../../../api/src/stores/open-rules.js';
import { dayArgument, funderArgument, knownAtArgument, servicesArgument } from '../arguments.js';
import { funderDay, type FunderDayClient } from '../funder-day.js';
import { knowledgeOf } from '../knowledge.js';
import { ruleSetNamed } from '../rules-folder.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { alignColumns, counted } from '../text/columns.js';

export interface FunderOptions extends FolderOptions {
  on: string;
  services?: string;
  knownAt?: string;
  ruleSet?: string;
  json?: boolean;
}

/** What one funder pays on one day, over all clients. Reads only; a service may run beside it. */
export async function funder(terminal: Terminal, options: FunderOptions, name: string): Promise<void> {
  const asked = {
    funder: funderArgument(name),
    on: dayArgument('--on', options.on)!,
    services: servicesArgument(options.services),
  };
  const moment = knownAtArgument(options.knownAt);
  const config = settingsFor(options);
  const log = await openLogReaderAt(sealedPlaceOf(config));
  try {
    const rules = await openRules(config, log);
    const ruleSet = ruleSetNamed(rules, options.ruleSet);
    const knownAt = await knowledgeOf(log, moment);
    const clients: FunderDayClient[] = [];
    const found = funderDay(log, rules.compiledOf(ruleSet), { ...asked, knownAt });
    for await (const client of found) clients.push(client);
    const { id, version, hash } = ruleSet;
    const answer = {
      funder: asked.funder,
      on: asked.on,
      knownAt: formatInstant(knownAt.instant),
      position: knownAt.position,
      ruleSet: { id, version, hash },
      clients,
    };
    terminal.out(options.json ? JSON.stringify(answer, null, 2) : describeFunderDay(answer).join('\n'));
  } finally {
    await log.close();
  }
}

interface FunderDay {
  funder: string;
  on: string;
  knownAt: string;
  position: string;
  ruleSet: { id: string; version: string };
  clients: readonly FunderDayClient[];
}

/** A funder's day for a reader: a line per row, with the days that the row runs, and totals. */
export function describeFunderDay({
  funder: name,
  on,
  knownAt,
  position,
  ruleSet,
  clients,
}: FunderDay): string[] {
  const rows = clients.flatMap(({ clientId, cover, gaps }) => [
    ...cover.map((row) => [
      clientId,
      row.service,
      row.firstDay,
      row.lastDay ?? 'open',
      `${row.share}%`,
      row.kind,
      row.provider ?? '-',
    ]),
    ...gaps.map((gap) => [clientId, gap.service, gap.firstDay, gap.lastDay ?? 'open', '', 'gap', gap.reason]),
  ]);
  const headings = ['client', 'service', 'first day', 'last day', 'share', 'kind', 'provider / reason'];
  const paid = clients.flatMap(({ cover }) => cover).length;
  return [
    `What ${name} pays on ${on}`,
    `under ${ruleSet.id}@${ruleSet.version}, as known at ${knownAt} (position ${position})`,
    '',
    ...(rows.length > 0 ? alignColumns([headings, ...rows]) : ['Nothing, as far as is known.']),
    ...(rows.length > 0
      ? [
          '',
          `${counted(clients.length, 'client')}, ${counted(paid, 'row')} paid, ` +
            `${counted(rows.length - paid, 'gap')} that would be its own to know of`,
        ]
      : []),
  ];
}
