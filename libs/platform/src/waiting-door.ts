import { languageOf, Problem, problemDetails, problemMediaType } from '@domeinbrug/problems';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiVersion } from './http-adapter.js';
import { pathOf } from './http-log.js';

export interface WaitingDoor {
  port: number;
  close(): Promise<void>;
}

const later = { headers: { 'retry-after': '5' } };
const notYet = 'The service has started and waits for the database or server of its event log.';

/** Answers while the stores of a service are waited for: that it lives, that it is not ready, and all else to come later. */
export async function openWaitingDoor(port: number, host: string): Promise<WaitingDoor> {
  const server = createServer((request, response) => {
    const path = pathOf(request.url ?? '/');
    const always = { 'api-version': apiVersion, 'cache-control': 'no-store' };
    if (path === '/health/live') {
      response.writeHead(200, { ...always, 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify({ status: 'live' }));
      return;
    }
    const problem = new Problem(path === '/health/ready' ? 'not-ready' : 'log-unreachable', notYet, later);
    const language = languageOf(request.headers['accept-language']);
    response.writeHead(problem.status, { ...always, ...problem.headers, 'content-type': problemMediaType });
    response.end(JSON.stringify(problemDetails(problem, path, language)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
