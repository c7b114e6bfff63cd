import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  admissionHistory,
  bsnNumber,
  Client,
  clientIdIn,
  endAll,
  provider,
  startService,
  tell,
} from './service.js';

let collector: Server;
const received: string[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      received.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  endAll();
  collector.close();
});

test('a request, its use case and what called it are one trace, which tells nothing of a person', async () => {
  const { port } = collector.address() as AddressInfo;
  const service = await startService(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  const client = new Client(service);
  const bsn = bsnNumber(1);
  const clientId = clientIdIn(await tell(client, admissionHistory(bsn)));
  const traceId = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
  await client.ask(provider, `/v1/clients/${clientId}/coverage?on=2024-03-04`, {
    headers: { traceparent: `00-${traceId}-1112131415161718-01` },
  });
  await service.end('SIGTERM');

  const sent = received.join('\n');
  const spans = received.flatMap((body) => spansIn(body)).filter((span) => span.traceId === traceId);
  expect(spans.map(({ name }) => name).sort()).toEqual([
    'GET /v1/clients/:clientId/coverage',
    'ReadClientCoverage',
  ]);
  expect(sent).toContain('RecordEvents');
  for (const secret of [bsn, clientId, '2024-03-04', service.address]) expect(sent).not.toContain(secret);
});

interface Span {
  traceId: string;
  name: string;
}

function spansIn(body: string): Span[] {
  const { resourceSpans } = JSON.parse(body) as {
    resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
  };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
