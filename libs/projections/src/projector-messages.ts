import type { ArchiveShared } from '@domeinbrug/archive';
import type { LogPlace, Position } from '@domeinbrug/event-store';
import type { ViewsPlace } from './open-views-store.js';
import type { RulesInForce } from './rules-in-force.js';
import type { FindingCounts } from './status.js';

/**
 * `api` follows the read models that others write and keeps an archive, `projector` writes them and keeps none, `all`
 * does both.
 */
export type ProjectorRole = 'all' | 'api' | 'projector';

/** What the projector's thread is given to start with. */
export interface ProjectorSetting {
  /** The folder of the archive. */
  dataDir: string;
  /** Where the read models lie. */
  views: ViewsPlace;
  role: ProjectorRole;
  /** Where the log lies. */
  log: LogPlace;
  inForce: RulesInForce;
}

export type ToProjector =
  /** The log has grown, or the read models may have. */
  | { kind: 'wake' }
  | { kind: 'activate'; inForce: RulesInForce }
  /** Finish the batch in hand and end. */
  | { kind: 'close' };

export type FromProjector =
  /** These read models are in force and at this position. */
  | { kind: 'progress'; generation: string; identity: string; position: Position; findings: FindingCounts }
  /** What readers of the archive need from now on. */
  | { kind: 'archive'; shared: ArchiveShared }
  /** The last attempt stopped; the next is made when the log grows or after a pause. */
  | { kind: 'stopped'; reason: string }
  /** Read models under other rules could not be built yet; those in force stay until they are. */
  | { kind: 'not-activated'; identity: string; reason: string };
