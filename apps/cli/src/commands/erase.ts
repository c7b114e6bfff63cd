import { outcomeOf, type AuditRecord } from '@domeinbrug/audit';
import { accessPolicy } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/problems';
import { START } from '@domeinbrug/event-store';
import { randomUUID } from 'node:crypto';
import type { Stores } from '../../../api/src/stores/stores.js';
import { eraseClient, ErasureRequest, type ErasureAnswer } from '../../../api/src/use-cases/erase-client.js';
import { clientArgument } from '../arguments.js';
import { ProblemFound, WrongUse } from '../refusal.js';
import { askService, serviceOf, type Service, type ServiceOptions } from '../running-service.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import { openStoresForWriting } from '../stores-for-writing.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

interface Options extends FolderOptions, ServiceOptions {
  reason: string;
  carer?: string;
  json?: boolean;
}

/** Who does it where nobody has shown a token: whoever may use the data folder. */
const operator = 'operator';
const pollMs = 500;

/** Erases a client, or a carer of one, for good. Ends when nothing of it is left in read models and archive. */
export async function erase(terminal: Terminal, options: Options, client: string): Promise<void> {
  const clientId = clientArgument(client);
  const request = requestOf(options);
  const erased =
    options.url === undefined
      ? await inFolder(options, clientId, request)
      : await throughService(serviceOf(options), clientId, request);
  if (options.json) return terminal.out(JSON.stringify(erased, null, 2));
  const who = options.carer === undefined ? `Client ${clientId}` : `The carer of client ${clientId}`;
  const said =
    erased.status === 'known' ? `was erased on ${erased.day} already` : `is erased (${erased.day})`;
  terminal.out(
    [
      `${who} ${said}: the key is gone, and with it what it opened, here and in every copy of the log.`,
      'A backup made before brings the key back: keep keys/erasures.ndjson of the data folder apart from backups, and ' +
        'give it to restore with --erasures.',
      ...(erased.plainEvents === 0 ? [] : [plainSentence(erased.plainEvents)]),
    ].join('\n'),
  );
}

function plainSentence(events: number): string {
  return (
    `${counted(events, 'event')} from before there were keys: the personal fields still stand in the log, though no answer ` +
    'tells of them. They are gone when events are imported anew into an empty data folder.'
  );
}

function requestOf({ reason, carer }: Options): ErasureRequest {
  const request = Object.assign(new ErasureRequest(), { reason, carerId: carer });
  if (reason.length < 10 || reason.length > 200)
    throw new WrongUse('--reason: say in 10 to 200 characters why; it is kept, so name nobody.');
  const [wrong] = ErasureRequest.problemsOf(request);
  if (wrong) throw new WrongUse(`--reason: ${wrong.detail}`);
  return request;
}

async function inFolder(options: Options, clientId: string, request: ErasureRequest): Promise<ErasureAnswer> {
  const stores = await openStoresForWriting(settingsFor(options), 'erase <client> --reason <text>', operator);
  try {
    await untilReached(stores, START); // what is not built yet cannot be cleared out
    const erased = await eraseClient(stores, clientId, request, operator).catch(async (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      await stores.audit.write([lineOf(clientId, error)]);
      throw new ProblemFound(error.detail);
    });
    await stores.audit.write([lineOf(clientId, null)]);
    await untilReached(stores, erased.position);
    return erased;
  } finally {
    await stores.close();
  }
}

async function untilReached({ projections }: Stores, position: string): Promise<void> {
  while (!(await projections.reached(position, pollMs))) {
    const { state, reason } = await projections.status();
    if (state === 'stopped') throw new ProblemFound(`The read models cannot be cleared: ${reason}`);
  }
}

function lineOf(client: string, refused: Problem | null): AuditRecord {
  return {
    event: {
      code: '110110',
      action: 'delete',
      at: Date.now(),
      outcome: outcomeOf(refused?.status ?? 200),
      status: refused?.status ?? 200,
      problem: refused?.code ?? null,
    },
    user: { role: operator, organisation: operator, actedBy: null, accessPoint: 'domeinbrug erase' },
    object: {
      kind: 'erasure',
      client,
      question: '',
      purpose: 'erasure',
      reason: null,
      policy: `${accessPolicy.id} ${accessPolicy.version}`,
    },
    log: { source: 'domeinbrug', requestId: randomUUID(), traceId: null },
  };
}

function throughService(service: Service, clientId: string, request: ErasureRequest): Promise<ErasureAnswer> {
  const content = { type: 'application/json', text: JSON.stringify(request) };
  return askService<ErasureAnswer>(service, `/v1/clients/${clientId}/_erase`, { method: 'POST', content });
}
