import { logPlaceNamed, type LogPlace } from '@domeinbrug/event-store';
import { join } from 'node:path';

/** What settings say of where the trail lies. */
export interface AuditSettings {
  dataDir: string;
  databaseUrl: string | null;
  databaseSchema: string;
}

/** Beside the log in its database, else in a folder of its own. */
export function auditPlaceOf({ dataDir, databaseUrl, databaseSchema }: AuditSettings): LogPlace {
  return logPlaceNamed(databaseUrl ?? join(dataDir, 'audit'), `${databaseSchema}_audit`);
}
