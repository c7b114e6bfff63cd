import { PostgresViews } from './postgres/postgres-views.js';
import { SqliteViews } from './sqlite/sqlite-views.js';
import type { ViewsStore } from './views-store.js';

/** Where read models lie. */
export type ViewsPlace =
  | { kind: 'folder'; dataDir: string }
  /** `dataDir`: where the process keeps what sorting does not hold in memory. */
  | { kind: 'postgres'; url: string; schema: string; dataDir: string };

/** What settings say of where the read models lie. */
export interface ViewsSettings {
  dataDir: string;
  databaseUrl: string | null;
  databaseSchema: string;
}

/** Where the settings say that the read models lie: in the database when there is one, else in the data folder. */
export function viewsPlaceOf({ dataDir, databaseUrl, databaseSchema }: ViewsSettings): ViewsPlace {
  if (databaseUrl === null) return { kind: 'folder', dataDir };
  return { kind: 'postgres', url: databaseUrl, schema: databaseSchema, dataDir };
}

/** The read models there; nothing is opened before it is asked for. */
export function openViewsStore(place: ViewsPlace): ViewsStore {
  return place.kind === 'folder' ? new SqliteViews(place.dataDir) : new PostgresViews(place);
}
