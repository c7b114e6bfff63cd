import { rowOf } from '../cells.fixture.js';
import type { CellRow } from '../cells.js';
import { privacyRule } from '../privacy/privacy-rule.js';
import { publishCells } from '../privacy/publish-cells.js';
import type { PublishedSweep } from '../privacy/publish-sweep.js';
import { sealReplay, type SealedQuestion, type SealedReplay } from './sealed-replay.js';

const hash = (digit: string): string => digit.repeat(64);

export const question: Omit<SealedQuestion, 'privacy' | 'dimensions'> = {
  engine: 'replay 1',
  baseline: { id: 'sharp-cut', hash: hash('a') },
  alternative: { id: 'six-weeks', hash: hash('b') },
  period: { firstDay: '2023-01-01', lastDay: '2024-12-31' },
  population: { careOffice: '5506' },
  vary: null,
};

/** What a place answers to the question: rows of as many clients on every side. */
export function sealedBy(
  place: string,
  sizes: Readonly<Record<string, number>>,
  asked: Partial<typeof question> = {},
  sweep: PublishedSweep | null = null,
): SealedReplay {
  const rows: CellRow[] = Object.entries(sizes).map(([label, clients]) =>
    rowOf([label], clients, clients, clients),
  );
  return sealReplay(
    {
      place,
      run: hash('c'),
      log: { position: String(place.length * 100), digest: hash('d') },
      question: { ...question, ...asked },
    },
    publishCells({ dimensions: ['service'], rows }, privacyRule('k10')!),
    sweep,
  );
}
