import { day, fromSchema } from './from-schema.mjs';
import { hostileText } from './hostile.mjs';
import { mutated, scrambled } from './mutate.mjs';
import { allPeople, askers } from './people.mjs';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const mediaTypes = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/yaml',
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'multipart/form-data; boundary=x',
  '',
];
const accepts = [
  'application/json',
  'text/event-stream',
  'text/csv',
  'application/vnd.apache.parquet',
  '*/*',
  'text/html;q=zzz',
];

/** Makes requests from what the service says of itself: every door, well, nearly well and badly. */
export class KnownRequests {
  #doors;
  #schemas;
  /** What is sent there is kept. */
  #events;
  #aliases;

  /** @param scopesOf what each kind of asker may do */
  static async from(address, scopesOf, aliases) {
    const known = new KnownRequests();
    known.#aliases = aliases;
    const document = await (await fetch(`${address}/v1/openapi.json`)).json();
    known.#doors = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.includes(method.toUpperCase()))
        .map(([method, operation]) => ({
          method: method.toUpperCase(),
          path: item.servers ? path : `/v1${path}`,
          parameters: operation.parameters ?? [],
          welcome: askers.filter(({ as }) => isWelcome(as, operation.security ?? [], scopesOf)),
          bodies: Object.entries(operation.requestBody?.content ?? {}).map(([type, content]) => ({
            type,
            examples: [
              content.example,
              ...Object.values(content.examples ?? {}).map(({ value }) => value),
            ].filter((example) => example !== undefined),
          })),
        })),
    );
    known.#events = known.#doors.find(({ path }) => path === '/v1/events');
    const body = document.paths['/events'].post.requestBody.content['application/cloudevents+json'].schema;
    const types = (body.anyOf ?? [body]).flatMap((each) => each.properties?.type?.enum ?? []);
    known.#schemas = await Promise.all(
      types.map(async (type) => {
        const name = type.replace(/^nl\.domeinbrug\./, '');
        return { type, schema: await (await fetch(`${address}/v1/schemas/${name}.json`)).json() };
      }),
    );
    if (known.#schemas.length === 0) throw new Error('The description names no event types.');
    return known;
  }

  get doors() {
    return this.#doors.map(({ method, path }) => `${method} ${path}`);
  }

  make(chance) {
    const door = chance.percent(10) ? this.#events : chance.of(this.#doors);
    const asker = door.welcome.length > 0 && chance.percent(75) ? chance.of(door.welcome) : chance.of(askers);
    const method = chance.percent(95) ? door.method : chance.of(methods);
    const body = ['GET', 'HEAD'].includes(method) ? undefined : this.#body(door, asker, chance);
    return {
      door: `${door.method} ${door.path}`,
      asker,
      method,
      path: addressOf(door, asker, chance, this.#aliases),
      headers: { ...headersOf(door, chance), ...(body === undefined ? {} : { 'content-type': body.type }) },
      body: body?.text,
    };
  }

  #body({ bodies, path }, asker, chance) {
    if (bodies.length === 0) return chance.percent(10) ? { type: 'application/json', text: '{}' } : undefined;
    const { type, examples } = chance.of(bodies);
    const sent = chance.percent(95) ? type : chance.of(mediaTypes);
    const example =
      path === '/v1/events' && chance.percent(80) ? this.#event(asker, chance) : chance.of(examples);
    const value = chance.percent(45) ? example : mutated(example, chance);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { type: sent, text: chance.percent(10) ? scrambled(text, chance) : text };
  }

  #event(asker, chance) {
    const one = () => {
      const { type, schema } = chance.of(this.#schemas);
      const data = fromSchema(schema, chance);
      delete data.bsn;
      return {
        specversion: '1.0',
        id: `fuzz-${chance.number(1_000_000)}`,
        source: `${sourceOf(asker.as)}:systeem:fuzz`,
        type,
        time: `${day(chance)}T08:12:00+01:00`,
        data: { ...data, clientId: `Fuzzfree${String(chance.number(50)).padStart(4, '0')}` },
      };
    };
    return chance.percent(70) ? one() : Array.from({ length: chance.number(20) }, one);
  }
}

const urns = {
  provider: 'agb',
  municipality: 'gemeentecode',
  insurer: 'uzovi',
  'care-office': 'zorgkantoor',
  oin: 'oin',
};

function sourceOf(as) {
  const [kind, code] = (as ?? 'provider:65656055').split(':');
  return `urn:nld:${urns[kind] ?? 'oin'}:${code ?? '00000003999999990000'}`;
}

function isWelcome(as, security, scopesOf) {
  if (as === null) return security.length === 0;
  const scopes = scopesOf[as.split(':')[0]];
  return (
    security.every(({ token }) => token.length === 0) ||
    security.some(({ token }) => scopes.includes(token[0]))
  );
}

function addressOf({ path, parameters }, asker, chance, aliases) {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    const own = ownIn(name, asker);
    if (own !== undefined && chance.percent(60)) return encoded(own);
    const good = chance.percent(85) ? goodValue(parameter, chance) : hostileText(chance);
    return encoded(name === 'clientId' && chance.percent(40) ? aliases.aliasOf(good, chance) : good);
  });
  const asked = parameters
    .filter((each) => each.in === 'query' && chance.percent(35))
    .map((each) => [each.name, chance.percent(75) ? goodValue(each, chance) : hostileText(chance)]);
  if (chance.percent(5)) asked.push([hostileText(chance), hostileText(chance)]);
  if (chance.percent(3) && asked.length > 0) asked.push(asked[0]);
  const query = asked.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const address = filled + (query === '' ? '' : `?${query}`);
  return chance.percent(3) ? address.replace(/[a-z]/, (letter) => letter.toUpperCase()) : address;
}

/** Half a surrogate has no encoding; it goes as bytes that are no UTF-8. */
function encoded(text) {
  const value = String(text);
  return value.isWellFormed() ? encodeURIComponent(value) : '%ED%A0%80';
}

/** What of the asker's own stands in a part of an address. */
function ownIn(name, { as, sees }) {
  if (name === 'clientId' && sees.length > 0) return allPeople[sees[0]][0];
  const [kind, code] = (as ?? '').split(':');
  if (name === 'funder' && ['municipality', 'insurer', 'care-office'].includes(kind)) return as;
  return name === 'agb' && kind === 'provider' ? code : undefined;
}

function goodValue({ name, schema, example }, chance) {
  const people = () => chance.of(Object.values(allPeople).flat());
  if (name === 'clientId') return people();
  if (name === 'funder')
    return chance.of(askers.map(({ as }) => as).filter((as) => /^(mun|ins|care)/.test(as ?? '')));
  if (name === 'agb') return chance.of(['65656055', '65656056']);
  if (name === 'knownAtPosition' || name === 'atLeast') return chance.number(140);
  if (schema.format === 'date') return day(chance);
  if (schema.enum) return chance.of(schema.enum);
  if (schema.items) return fromSchema({ ...schema, minItems: 1 }, chance).join(',');
  if (schema.type === 'integer') return fromSchema(schema, chance);
  return Array.isArray(example) ? example.join(',') : example;
}

function headersOf({ parameters }, chance) {
  const headers = {};
  const maybe = (times, name, value) =>
    chance.percent(times) && (headers[name] = headerText(String(value())));
  maybe(90, 'accept', () => (chance.percent(85) ? accepts[0] : chance.of(accepts)));
  maybe(10, 'accept-language', () =>
    chance.any(
      () => 'nl',
      () => hostileText(chance),
    ),
  );
  maybe(5, 'traceparent', () => hostileText(chance));
  maybe(5, 'last-event-id', () => hostileText(chance));
  maybe(5, 'content-encoding', () => chance.of(['gzip', 'br', hostileText(chance)]));
  maybe(5, 'if-none-match', () => hostileText(chance));
  maybe(3, 'expect', () => hostileText(chance));
  maybe(5, `ce-${chance.of(['id', 'source', 'type', 'specversion', 'subject', 'x-y'])}`, () =>
    hostileText(chance),
  );
  if (parameters.some((each) => each.name === 'Audit-Reason')) {
    maybe(80, 'audit-reason', () =>
      chance.percent(85) ? 'a fuzz run of this service' : hostileText(chance),
    );
  }
  return headers;
}

/** What a header field may hold; the rest is for requests by the byte. */
function headerText(text) {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 2_000);
}
