import {
  headerOf,
  privacyRule,
  publishCells,
  publishReplay,
  publishTotals,
  type AnsweredReplay,
  type Cells,
  type PublishedCells,
} from '@domeinbrug/replay';
import { sameMeaning } from '@domeinbrug/rules';
import { askedOf } from '../../../api/src/use-cases/replay-told.js';
import type { ToldReplay } from './describe-replay.js';
import { funderKindAndService } from './totals.js';
import { putInPlace, type ResultsFile } from './write-results.js';

/** What of an answer may leave, as its privacy says. */
export function toldOf(answered: AnsweredReplay): ToldReplay {
  const { question, cells } = answered;
  const privacy = privacyRule(question.privacy)!;
  return {
    question,
    published: publishReplay(answered),
    totals: {
      byFunderKind: publishTotals(cells, privacy, funderKindAndService),
      all: publishCells(cells, privacy).totals,
    },
  };
}

/** An answer for a program. */
export function replayAsJson({ question, published }: ToldReplay, results: PublishedCells): object {
  const { baseline, alternative } = question;
  return {
    id: published.header.id,
    sameMeaning: sameMeaning(baseline, alternative),
    asked: askedOf(question),
    ...published,
    results,
  };
}

/** Cells of an answer as they may leave. */
export function resultsOf({ question }: AnsweredReplay, cells: Cells): PublishedCells {
  return publishCells(cells, privacyRule(question.privacy)!);
}

/** @throws WrongUse when it cannot be written */
export function writeResults(file: ResultsFile, answered: AnsweredReplay, results: PublishedCells): void {
  putInPlace(file.path, file.write(results, headerOf(answered)));
}
