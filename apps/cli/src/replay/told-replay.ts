import {
  defaultDimensions,
  headerOf,
  privacyRule,
  publishCells,
  type AnsweredReplay,
  type Cells,
  type Dimension,
  type PublishedCells,
} from '@domeinbrug/replay';
import { sameMeaning } from '@domeinbrug/rules';
import type { ToldReplay } from './describe-replay.js';
import { publishedFigures } from './published-replay.js';
import { putInPlace, type ResultsFile } from './write-results.js';

/** What of an answer may leave, as its privacy says. */
export function toldOf({ id, question, figures, cells }: AnsweredReplay): ToldReplay {
  const privacy = privacyRule(question.privacy)!;
  return {
    id,
    question,
    figures: publishedFigures(figures, privacy),
    cells: publishCells(cells[defaultDimensions.join()]!, privacy),
  };
}

/** An answer for a program. */
export function replayAsJson({ id, question, figures }: ToldReplay, results: PublishedCells): object {
  const { lines } = headerOf(id, question);
  return {
    id,
    sameMeaning: sameMeaning(question.baseline, question.alternative),
    made: Object.fromEntries(lines.map(({ name, value }) => [name, value])),
    figures,
    results,
  };
}

/** The cells of an answer as they may leave. @param by dimensions that the answer has cells by */
export function resultsOf({ question, cells }: AnsweredReplay, by: readonly Dimension[]): PublishedCells {
  const whole: Cells = cells[by.join()]!;
  return publishCells(whole, privacyRule(question.privacy)!);
}

/** @throws WrongUse when it cannot be written */
export function writeResults(
  file: ResultsFile,
  { id, question }: AnsweredReplay,
  results: PublishedCells,
): void {
  putInPlace(file.path, file.write(results, headerOf(id, question)));
}
