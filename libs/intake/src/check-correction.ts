import type { EventType } from '@domeinbrug/journey';
import { checkCorrectedData } from './check-data.js';
import { isObject, type JsonObject } from './json-values.js';
import { organisationOf, sameOrganisation, sourceForms } from './organisations.js';
import { pointerTo, problem, type Problem } from './problem.js';

/**
 * What is particular to corrections and retractions: the event they name is of the sender's own organisation,
 * and new data is about the same client. Nothing for other types.
 */
export function checkCorrection(type: EventType, source: unknown, data: JsonObject): Problem[] {
  if (type === 'event-retracted') return checkTarget(source, data['retracts'], '/data/retracts');
  if (type !== 'event-corrected') return [];
  const nested = data['data'];
  return [
    ...checkTarget(source, data['corrects'], '/data/corrects'),
    ...(isObject(nested)
      ? [...checkSameClient(data, nested), ...checkCorrectedData(withoutClientFields(nested))]
      : []),
  ];
}

function checkTarget(source: unknown, target: unknown, pointer: string): Problem[] {
  if (!isObject(target) || typeof target['source'] !== 'string') return []; // the schema says so already
  const theirs = organisationOf(target['source']);
  if (!theirs) return [problem(`${pointer}/source`, 'source-invalid', `Must be one of ${sourceForms}.`)];
  const own = typeof source === 'string' ? organisationOf(source) : undefined;
  if (!own || sameOrganisation(own, theirs)) return [];
  return [
    problem(
      `${pointer}/source`,
      'target-foreign',
      'Only the organisation that sent an event may correct or retract it; ask that organisation to do so.',
    ),
  ];
}

function checkSameClient(outer: JsonObject, nested: JsonObject): Problem[] {
  return ['clientId', 'bsn']
    .filter((name) => nested[name] !== undefined && nested[name] !== outer[name])
    .map((name) =>
      problem(
        pointerTo('/data/data', name),
        'client-differs',
        'Name the client once, beside corrects; an event of another client is retracted and sent anew.',
      ),
    );
}

function withoutClientFields(nested: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(nested).filter(([name]) => name !== 'clientId' && name !== 'bsn'));
}
