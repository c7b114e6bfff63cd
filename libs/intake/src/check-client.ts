import { clientIdPattern } from '@domeinbrug/journey';
import { isBsn, mayHoldBsn } from './bsn.js';
import { isObject, textsIn, type JsonObject } from './json-values.js';
import { pointerTo, problem, type Problem } from './problem.js';

const clientIdForm = new RegExp(clientIdPattern);

/** Whether data names its client once, by a BSN that passes the eleven-test or by a pseudonym. */
export function checkClient(data: JsonObject): Problem[] {
  const { clientId, bsn } = data;
  if (clientId === undefined && bsn === undefined) {
    return [
      problem(
        '/data',
        'client-missing',
        'Say which client it is about: give clientId, or bsn when you have none.',
      ),
    ];
  }
  const problems: Problem[] = [];
  if (clientId !== undefined && bsn !== undefined) {
    problems.push(problem('/data', 'client-twice', 'Give either clientId or bsn, not both.'));
  }
  if (bsn !== undefined && !(typeof bsn === 'string' && isBsn(bsn))) {
    problems.push(
      problem('/data/bsn', 'bsn-invalid', 'Must be a text of nine digits that passes the eleven-test.'),
    );
  }
  if (clientId !== undefined) problems.push(...checkClientId(clientId));
  return problems;
}

function checkClientId(clientId: unknown): Problem[] {
  if (typeof clientId !== 'string' || !clientIdForm.test(clientId)) {
    return [
      problem(
        '/data/clientId',
        'client-id-invalid',
        'Must be the id that an answer gave to your own organisation, or 8 to 64 letters and digits; an id that another ' +
          'organisation was given leads to nobody.',
      ),
    ];
  }
  // A BSN has the form of an id, also with letters around it, and ids are stored.
  return mayHoldBsn(clientId)
    ? [problem('/data/clientId', 'bsn-misplaced', 'This is a BSN; give it as bsn.')]
    : [];
}

/**
 * Places without the eleven-test on their digits: who the client is has a check of its own, and a decision has the
 * number that the municipality gave it, nine digits long, of which one in eleven passes by accident.
 */
const exempt = new Set(
  ['bsn', 'clientId', 'decisionId'].flatMap((name) => [`/data/${name}`, `/data/data/${name}`]),
);

/**
 * A BSN may stand in `data.bsn` only: everything else is stored, and attributes are logged.
 * @param json the envelope as JSON text
 */
export function checkMisplacedBsn(envelope: JsonObject, data: JsonObject, json: string): Problem[] {
  if (!holdsMoreDigitsThan(placesOfBsn(data), json)) return [];
  const places = new Set<string>();
  const bsn = typeof data['bsn'] === 'string' && isBsn(data['bsn']) ? data['bsn'] : undefined;
  for (const { pointer, text } of [...textsIn(envelope), ...numbersOf(envelope)]) {
    if (pointer === '/data/bsn' || pointer === '/data/data/bsn') continue;
    if (bsn !== undefined && text.includes(bsn)) places.add(pointer);
    else if (!exempt.has(pointer) && mayHoldBsn(text)) places.add(pointer);
  }
  for (const name of Object.keys(envelope)) {
    if (isBsn(name)) places.add(pointerTo('', name));
  }
  return [...places].map((pointer) => problem(pointer, 'bsn-misplaced', misplacedAdvice));
}

/** How many runs of nine digits stand where a BSN may. */
function placesOfBsn({ bsn, data }: JsonObject): number {
  const nested = isObject(data) ? data['bsn'] : undefined;
  return [bsn, nested].filter((each) => each !== undefined).length;
}

/** Most events hold no nine digits in a row besides the BSN itself, and need not be searched. */
function holdsMoreDigitsThan(runs: number, json: string): boolean {
  nineDigits.lastIndex = 0;
  for (let found = 0; found <= runs; found++) if (!nineDigits.test(json)) return false;
  return true;
}

const nineDigits = /[0-9]{9}/g;

const misplacedAdvice =
  'Nine digits that pass the eleven-test may be a BSN, which may stand in data.bsn only; leave them out here, or ' +
  'write a number that is none with a zero in front.';

/** Attributes that are numbers, as text. */
function numbersOf(envelope: JsonObject): { pointer: string; text: string }[] {
  return Object.entries(envelope)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => ({ pointer: pointerTo('', name), text: String(value) }));
}

/** Who the client is, and the data without it, also inside a correction. */
export function clientOf(data: JsonObject): {
  client: { bsn: string } | { clientId: string };
  rest: JsonObject;
} {
  const rest = withoutClient(data);
  if (isObject(rest['data'])) rest['data'] = withoutClient(rest['data']);
  const { bsn, clientId } = data as { bsn?: string; clientId?: string };
  return { client: bsn === undefined ? { clientId: clientId! } : { bsn }, rest };
}

function withoutClient(data: JsonObject): JsonObject {
  const rest: JsonObject = {};
  for (const [name, value] of Object.entries(data)) {
    if (name !== 'bsn' && name !== 'clientId') rest[name] = value;
  }
  return rest;
}
