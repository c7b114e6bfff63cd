import { ConfigRefused } from '@domeinbrug/settings';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askedToStop } from './asked-to-stop.js';
import { startService } from './service.js';

export { ApplicationModule } from './application.module.js';
export { askedToStop };
export * from './service.js';
export * from './stores/open-rules.js';
export * from './stores/rules.js';
export { RulesRefused } from './stores/rules-folder.js';
export * from './stores/stores.js';
export { STORES } from './stores/stores-token.js';
export * from './use-cases/erase-client.js';
export * from './use-cases/find-client.js';
export { knowledgeOf, PositionUnknown, type KnowledgePoint } from './use-cases/knowledge.js';
export * from './use-cases/preview-coverage.js';
export * from './use-cases/read-client-coverage.js';
export * from './use-cases/read-client-events.js';
export * from './use-cases/read-funder-coverage.js';
export * from './use-cases/read-funder-overlaps.js';
export * from './use-cases/settle-funder.js';
export * from './use-cases/read-rule-sets.js';
export * from './use-cases/read-status.js';
export * from './use-cases/record-events.js';
export * from './use-cases/settle-client.js';

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const service = await startService();
    const stop = askedToStop(); // whoever reads the next line may ask for it at once
    console.log(`Domeinbrug answers at ${service.address}`);
    await stop;
    await service.close();
    process.exit(); // a connection to a database that no longer answers would keep it for many minutes
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof ConfigRefused ? 2 : 1;
  }
}
