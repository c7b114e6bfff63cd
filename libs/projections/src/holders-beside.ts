import type { HoldersBeside } from './event-keys.js';
import { ViewsNotReady, type Projections } from './projections.js';
import { StoredKeys } from './stored-keys.js';
import type { ViewsDatabase } from './tables.js';

/** Who else has a client's keys, as far as the read models have come; nobody while they are being built. */
export function holdersBesideIn(projections: Pick<Projections, 'views'>): HoldersBeside {
  return async (clients) => {
    const views = viewsOf(projections);
    return views ? new StoredKeys(views).beside(clients) : [];
  };
}

function viewsOf(projections: Pick<Projections, 'views'>): ViewsDatabase | null {
  try {
    return projections.views();
  } catch (error) {
    if (error instanceof ViewsNotReady) return null;
    throw error;
  }
}
