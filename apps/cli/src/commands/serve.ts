import { inventedBanner, isInvented } from '@domeinbrug/settings';
import { askedToStop } from '../../../api/src/asked-to-stop.js';
import { startService } from '../../../api/src/service.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

/** Starts the service and ends when it is told to (SIGINT, SIGTERM) and what was taken in is safe. */
export async function serve(terminal: Terminal, options: FolderOptions & { json?: boolean }): Promise<void> {
  const config = settingsFor(options);
  const service = await startService(config);
  const stop = askedToStop(); // whoever reads the next lines may ask for it at once
  if (!options.json) terminal.out(welcome(service.address, config.dataDir, options).join('\n'));
  await stop;
  if (!options.json) terminal.out('Stopping: finishing what was taken in ...');
  await service.close();
  process.exit(); // a connection to a database that no longer answers would keep it for many minutes
}

function welcome(address: string, dataDir: string, options: FolderOptions): string[] {
  const folder = options.dataDir === undefined ? '' : ` --data-dir ${options.dataDir}`;
  const token = `npm run --silent domeinbrug -- token --as auditor${folder}`;
  return [
    `Domeinbrug answers at ${address}`,
    `  its interface is described at ${address}/v1/openapi.json`,
    `  its data folder is ${dataDir}`,
    ...(isInvented(dataDir) ? ['', inventedBanner.nl, inventedBanner.en] : []),
    '',
    'Try next, in another terminal:',
    '  npm run demo',
    '      fills a folder of its own (data/demo) with invented people and shows who pays for them',
    `  ${token}`,
    '      prints a token; send it as Authorization: Bearer <token>',
    `  curl -H "Authorization: Bearer $(${token})" ${address}/v1/rule-sets`,
    '      the rule sets that can be asked for',
    '',
    'Ctrl-C stops it. What follows is the log.',
  ];
}
