import type { ArchiveShared } from '@domeinbrug/archive';
import type { PortfolioQuestions } from './portfolio-questions.js';

export type QuestionName = keyof PortfolioQuestions;

export type ToReader =
  /** From here on questions are answered from this generation of the archive. */
  | { kind: 'archive'; shared: ArchiveShared }
  | { kind: 'ask'; id: number; question: QuestionName; args: unknown[] };

export type FromReader =
  { kind: 'answer'; id: number; answer: unknown } | { kind: 'failure'; id: number; message: string };
