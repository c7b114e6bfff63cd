import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bsnNumber, Client, endAll, event, provider, startService, tell } from './service.js';

const auditor = 'auditor';
const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-shared-keys-'));

afterAll(() => {
  endAll();
  rmSync(dataDir, { recursive: true });
});

test('one source and id with two clients is a finding of both, as known from the second event on', async () => {
  const service = await startService(dataDir);
  const client = new Client(service);
  const send = async (person: number): Promise<{ id: string; position: string }> => {
    const registered = event(provider, 'client-registered', 'reg-1', {
      bsn: bsnNumber(person),
      firstDay: '2023-01-01',
      municipality: '0363',
    });
    const { body } = await tell(client, [[provider, registered]]);
    return { id: body.results[0]!.clientId, position: body.position };
  };
  const first = await send(1);
  const second = await send(2);
  const found = async (id: string, question: string): Promise<unknown> => {
    const { body } = await client.ask(auditor, `/v1/clients/${id}/coverage?${question}`);
    const { findings } = body as unknown as { findings: { code: string; events: { id: string }[] }[] };
    return findings.map(({ code, events }) => [code, events.map((each) => each.id)]);
  };
  // A client's own answer does not wait for the read models, from which keys are known; a funder's does.
  await client.ask(auditor, `/v1/funders/municipality:0363/coverage?atLeast=${second.position}`);
  for (const { id } of [first, second]) {
    expect(await found(id, `atLeast=${second.position}`)).toEqual([['duplicate-key', ['reg-1']]]);
  }
  expect(await found(first.id, `knownAtPosition=${first.position}`)).toEqual([]);
  await service.end('SIGTERM');
});
