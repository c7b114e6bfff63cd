import type { KnownAt } from '@domeinbrug/coverage';
import type { EventLogReader } from '@domeinbrug/event-store';
import * as api from '../../api/src/use-cases/knowledge.js';
import type { KnowledgeArgument } from './arguments.js';
import { WrongUse } from './refusal.js';

/**
 * The moment and position that was asked for, as the service reads them; all there is when nothing was.
 * @throws WrongUse when the position is not in the log
 */
export async function knowledgeOf(
  log: EventLogReader,
  asked: KnowledgeArgument | undefined,
): Promise<KnownAt> {
  try {
    return await api.knowledgeOf(log, asked);
  } catch (error) {
    throw error instanceof api.PositionUnknown ? new WrongUse(`--known-at: ${error.message}`) : error;
  }
}
