import type { Writable } from 'node:stream';

/** The person at the keyboard, or the program that reads along. */
export interface Terminal {
  /** A line, or several, of the answer. */
  out(text: string): void;
  /** A line, or several, about how it goes; never part of the answer. */
  err(text: string): void;
  /** How many characters fit on a line. */
  columns: number;
  /** Where an answer goes that is too long to hold: the same place as `out`. */
  output: Writable;
  /** Whether a person watches what `err` says, so that a line may change while they look. */
  interactive: boolean;
  /** Everything on standard input, for what may not stand on a command line. */
  readInput(): Promise<string>;
}

const defaultColumns = 80;
const leastColumns = 60;

/** The terminal of this process. Whoever closes the pipe early (`| head`) ends the answer, not with an error. */
export function processTerminal(): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    output: process.stdout,
    interactive: process.stderr.isTTY === true,
    columns: Math.max(leastColumns, columnsOf(process.stdout.columns ?? process.env['COLUMNS'])),
    readInput,
  };
}

function columnsOf(told: number | string | undefined): number {
  const columns = Number(told);
  return Number.isInteger(columns) && columns > 0 ? columns : defaultColumns;
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
