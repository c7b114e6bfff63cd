import { readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { ProblemFound } from '../refusal.js';

/** A list is read whole; more than this belongs in lines. */
const mostBytes = 64 * 1_048_576;

/**
 * The events in a JSON file, one CloudEvent or a list of them, as lines: the first event is line 1.
 * @throws ProblemFound when the file is no JSON, or too large to be read whole
 */
export function eventsIn(file: string): Readable {
  if (statSync(file).size > mostBytes) {
    throw new ProblemFound(
      `${file} is larger than ${mostBytes / 1_048_576} MB, and a list is read whole. Write one event a line instead ` +
        '(.ndjson), which may be of any length: jq -c ".[]" turns the one into the other.',
    );
  }
  const json = parsed(file);
  const events = Array.isArray(json) ? (json as unknown[]) : [json];
  return Readable.from(events.map((event) => `${JSON.stringify(event)}\n`));
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch {
    // The parser's own sentence may repeat what the file says of a person.
    throw new ProblemFound(`${file} is no JSON; write one CloudEvent, or a list of them: [{ … }, { … }].`);
  }
}
