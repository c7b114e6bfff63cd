import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** How far a long piece of work is: a bar before a person, now and then a line in a file or a log. */
export interface Progress {
  /**
   * @param share of the work that is done, 0 to 1
   * @param milestone a sentence, when something worth a line was reached; a bar does not show it
   */
  at(share: number, milestone?: string): void;
  /** Takes the bar away; may be called twice. */
  end(): void;
}

/** @param what is being done, in a few words */
export function progressOf(terminal: Terminal, what: string): Progress {
  if (!terminal.interactive) {
    return {
      at: (_, milestone) => {
        if (milestone !== undefined) terminal.err(milestone);
      },
      end: () => {},
    };
  }
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}%  {duration_formatted}, {eta_formatted} to go`,
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(parts, 0);
  return { at: (share) => bar.update(Math.round(share * parts)), end: () => bar.stop() };
}

/** Steps of a bar: finer than anybody sees. */
const parts = 10_000;
