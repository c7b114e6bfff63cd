import { securityHeaders } from '@domeinbrug/platform';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** One operation of the description, as far as tests look at it. */
export interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; description?: string; example?: unknown }[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown; examples?: object }> };
  responses: Record<string, DescribedResponse>;
}

export interface DescribedResponse {
  description: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema: object; example?: unknown; examples?: Record<string, unknown> }>;
}

export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation> & { servers?: { url: string }[] }>;
  components: { schemas: Record<string, object> };
}

export interface Reached {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  body: unknown;
}

const methods = ['get', 'post', 'delete'];

/** Header fields of HTTP itself; a description leaves them out. */
const ofTransport = [
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'content-type',
  'transfer-encoding',
];

/** The description of a running service, to hold its answers against. */
export class Description {
  readonly operations: { name: string; method: string; address: RegExp; operation: Operation }[];
  private readonly schemas = new Ajv2020({ strict: false, allErrors: true });

  constructor(readonly document: OpenApi) {
    addFormats.default(this.schemas);
    this.schemas.addSchema(closed(document) as object, 'openapi');
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method])
        .map((method) => ({
          name: `${method} ${path}`,
          method,
          address: addressOf((item.servers?.[0]?.url ?? '/v1').replace(/\/$/, '') + path),
          operation: item[method]!,
        })),
    );
  }

  /** The operation that an address is of; `undefined` where none is described. */
  operationAt(method: string, path: string): { name: string; operation: Operation } | undefined {
    const bare = path.split('?')[0]!;
    return this.operations.find((each) => each.method === method.toLowerCase() && each.address.test(bare));
  }

  /** How an answer differs from what is described: nothing, when it does not. */
  differences({ method, path, status, headers, body }: Reached): string[] {
    const found = this.operationAt(method, path);
    if (!found) return status >= 400 ? this.problemDifferences(body) : [];
    // A door that declares nothing fails one test of its own, in `interface.int.spec.ts`.
    if (Object.values(found.operation.responses).every((one) => !one.content)) return [];
    const response = found.operation.responses[status];
    if (!response) return [`status ${status} is not described`];
    if (Object.keys(response.content ?? {}).length === 0)
      return body === '' ? headerDifferences(headers, response) : [`${status} is described without a body`];
    const mediaType = (headers.get('content-type') ?? '').split(';')[0]!;
    const content = response.content?.[mediaType];
    if (!content) return [`${status} as "${mediaType}" is not described`];
    const pointer = ['paths', found.name.split(' ')[1]!, method.toLowerCase(), 'responses', String(status)];
    const validate = this.validatorAt([...pointer, 'content', mediaType, 'schema']);
    return [...headerDifferences(headers, response), ...errorsOf(validate, body)];
  }

  private problemDifferences(body: unknown): string[] {
    return errorsOf(this.validatorAt(['components', 'schemas', 'Problem']), body);
  }

  private validatorAt(pointer: string[]): ValidateFunction {
    const written = pointer.map((part) =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validate = this.schemas.getSchema(`openapi#/${written.join('/')}`);
    if (!validate) throw new Error(`There is no schema at ${pointer.join(' ')}.`);
    return validate;
  }
}

function headerDifferences(headers: Headers, response: DescribedResponse): string[] {
  const described = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
  const known = [...ofTransport, ...Object.keys(securityHeaders), ...described];
  const undescribed = [...headers.keys()].filter((name) => !known.includes(name));
  const onEach = ['api-version', ...Object.keys(securityHeaders)];
  const missing = onEach.filter((name) => headers.get(name) === null).map((name) => `there is no ${name}`);
  return [...missing, ...undescribed.map((name) => `the header ${name} is not described`)];
}

function errorsOf(validate: ValidateFunction, body: unknown): string[] {
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Clients must bear fields that are new; a test must not: a field that is there and not described is a fault. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isOpen = parts['type'] === 'object' && parts['properties'] && !('additionalProperties' in parts);
  return isOpen ? { ...parts, additionalProperties: false } : parts;
}

function addressOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (part.startsWith('{') ? '[^/]+' : part.replaceAll(/[.]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
