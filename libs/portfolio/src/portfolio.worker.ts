import { parentPort } from 'node:worker_threads';
import { ArchiveReader } from '@domeinbrug/archive';
import { answerQuestions } from './answer-questions.js';
import { archivePortfolio } from './archive-portfolio.js';
import type { FromReader, QuestionName, ToReader } from './reader-messages.js';

/** The thread that answers questions over many clients, so that the one that takes requests stays free. */
if (!parentPort) throw new Error('It runs as a worker thread; start it with startPortfolioReader.');
const port = parentPort;

/** Arguments come as they were given to the question of that name on the other side. */
let questions: Record<QuestionName, (...args: unknown[]) => Promise<unknown>> | null = null;

port.on('message', (message: ToReader) => {
  if (message.kind === 'archive')
    questions = answerQuestions(
      archivePortfolio(new ArchiveReader(message.shared)),
    ) as unknown as typeof questions;
  else void answer(message);
});

async function answer({ id, question, args }: ToReader & { kind: 'ask' }): Promise<void> {
  const tell = (message: FromReader): void => port.postMessage(message);
  try {
    tell({ kind: 'answer', id, answer: await questions![question](...args) });
  } catch (error) {
    tell({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
  }
}
