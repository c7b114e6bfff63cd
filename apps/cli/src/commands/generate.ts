import { amsterdamDay, parseDay } from '@domeinbrug/calendar';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dayArgument } from '../arguments.js';
import type { Period } from '../generate/diary.js';
import { generateArchive, type GeneratedArchive, type Population } from '../generate/generated-archive.js';
import { inOrderOf, type InOrder } from '../generate/in-order.js';
import { tellPerson } from '../generate/population.js';
import { progressOf, type Progress } from '../progress.js';
import { WrongUse } from '../refusal.js';
import type { Terminal } from '../terminal.js';

export interface GenerateOptions {
  clients: string;
  seed: string;
  out?: string;
  archive?: string;
  from: string;
  until: string;
  json?: boolean;
}

/** The number of a person has nine digits at most, with room to spare. */
const mostClients = 20_000_000;
/** How often it says how far it is, in people. */
const peopleATelling = 100_000;

/** Writes an invented population: its history in the order in which it became known, or the archive of its facts. */
export async function generate(terminal: Terminal, options: GenerateOptions): Promise<void> {
  const clients = wholeNumber('--clients', options.clients, 1, mostClients);
  const seed = wholeNumber('--seed', options.seed, 0, 2 ** 31 - 1);
  const population = { clients, seed, period: periodOf(options) };
  if (options.archive === undefined) return writeHistory(terminal, options, population);
  if (options.out !== undefined) {
    throw new WrongUse(
      '--out: a history and an archive are written one at a time; leave out one of the two.',
    );
  }
  return writeArchive(terminal, options.archive, population, options);
}

async function writeArchive(
  terminal: Terminal,
  folder: string,
  population: Population,
  { json }: GenerateOptions,
): Promise<void> {
  const progress = progressOf(terminal, 'generate');
  try {
    const written = await generateArchive(folder, population, (people) =>
      tellProgress(progress, people, population.clients),
    );
    progress.end();
    terminal.out(json ? JSON.stringify({ folder, ...written }, null, 2) : describedArchive(folder, written));
  } finally {
    progress.end();
  }
}

function describedArchive(folder: string, written: GeneratedArchive): string {
  const { clients, events, facts, superseded, seed } = written;
  const [people, told, now, once] = [clients, events, facts, superseded].map((count) =>
    count.toLocaleString('en-GB'),
  );
  return (
    `${folder} holds the archive of ${people} invented people (seed ${seed}): ${told} events, of which ${now} facts are ` +
    `known now and ${once} were known once.\nNo log stands behind it: it is for replays, and a service started on it ` +
    'finds nobody.'
  );
}

async function writeHistory(
  terminal: Terminal,
  options: GenerateOptions,
  { clients, seed, period }: Population,
): Promise<void> {
  const progress = progressOf(terminal, 'generate');
  // What does not fit in memory waits on the disk that was asked to hold the answer.
  const inOrder = inOrderOf(options.out === undefined ? tmpdir() : dirname(resolve(options.out)));
  try {
    for (let number = 0; number < clients; number++) {
      inOrder.add(number, tellPerson(seed, number, period).told);
      if ((number + 1) % 1_000 === 0) tellProgress(progress, number + 1, clients);
    }
    const events = await writeDays(inOrder, options.out, terminal);
    progress.end();
    if (options.out !== undefined) terminal.out(described(options, { clients, seed, events }));
  } finally {
    progress.end();
    inOrder.clear();
  }
}

function tellProgress(progress: Progress, people: number, clients: number): void {
  const milestone =
    people % peopleATelling === 0
      ? `${people.toLocaleString('en-GB')} people have been invented.`
      : undefined;
  progress.at(people / clients, milestone);
}

async function writeDays(inOrder: InOrder, file: string | undefined, terminal: Terminal): Promise<number> {
  let events = 0;
  function* chunks(): Generator<string> {
    for (const lines of inOrder.days()) {
      if (lines.length === 0) continue;
      events += lines.length;
      yield `${lines.join('\n')}\n`;
    }
  }
  const output = file === undefined ? terminal.output : createWriteStream(file);
  await pipeline(Readable.from(chunks()), output, { end: file !== undefined });
  return events;
}

function described(
  { json, out }: GenerateOptions,
  written: { clients: number; seed: number; events: number },
): string {
  if (json) return JSON.stringify({ file: out, ...written }, null, 2);
  const { clients, events, seed } = written;
  const [people, lines] = [clients, events].map((count) => count.toLocaleString('en-GB'));
  return (
    `${lines} events of ${people} invented people are in ${out} (seed ${seed}).\n` +
    `Import them into an empty folder: npm run domeinbrug -- import ${out} --history --data-dir <folder>`
  );
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new WrongUse(
    `${option}: "${text}" is not it; write a whole number from ${least} to ${most.toLocaleString('en-GB')}.`,
  );
}

function periodOf({ from, until }: GenerateOptions): Period {
  const [firstDay, lastDay] = [
    parseDay(dayArgument('--from', from)!),
    parseDay(dayArgument('--until', until)!),
  ];
  if (firstDay >= lastDay) throw new WrongUse('--until: must be a later day than --from.');
  if (lastDay >= amsterdamDay(Date.now())) {
    throw new WrongUse(`--until: ${until} has yet to end; a history ends yesterday at the latest.`);
  }
  return { firstDay, lastDay };
}
