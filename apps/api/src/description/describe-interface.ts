import { apiVersion, openToAnyOrigin, questionFields } from '@domeinbrug/platform';
import { problemMediaType } from '@domeinbrug/problems';
import type { INestApplication } from '@nestjs/common';
import { ApiPropertyOptional, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Scope } from '@domeinbrug/access';
import { neededFor } from '../doors/asker.guard.js';
import { auditedBy } from '../doors/audit.js';
import { declarationOf, type Answer, type DeclaredDoor } from './declare.js';
import { describedHeaders, headerReferences, isHeaderName, type HeaderName } from './headers.js';
import { pathParameters } from './path-parameters.js';
import { Problem, problemAnswers, type ResponseParts } from './problem-answers.js';
import { sharedRefusals } from './refusals.js';
import type { JsonSchema } from './shape.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'delete'] as const;

/**
 * The description of every door, in OpenAPI 3.1, in English. Addresses and parameters come from the controllers,
 * the rest from what each door declares (`declare.ts`).
 */
export function describeInterface(app: INestApplication): OpenAPIObject {
  for (const { owner, property, described } of questionFields) {
    ApiPropertyOptional(described)(owner, property);
  }
  const document = SwaggerModule.createDocument(app, settings(), {
    // Doors of one controller may stand under more than one tag.
    autoTagControllers: false,
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  });
  const schemas: Record<string, JsonSchema> = { Problem };
  for (const [address, path] of Object.entries(document.paths)) {
    for (const method of methods) if (path[method]) complete(address, path[method], schemas);
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...schemas },
    headers: describedHeaders(namedIn(document.paths)),
  };
  document.paths = Object.fromEntries(Object.entries(document.paths).map(underVersion));
  return document;
}

const whatScopesAllow: Record<Scope, string> = {
  'events:write': 'Send events from systems of one’s own.',
  'journeys:read': 'Read the events of clients, and preview.',
  'coverage:read': 'Read who pays for clients.',
  'closings:write': 'Freeze an answer under a name.',
  'rule-sets:write': 'Publish and activate rule sets.',
  'replays:write': 'Start replays.',
  'replays:read': 'Read what replays found.',
  'audit:read': 'See every client, logged.',
  'clients:erase': 'Erase clients and carers for good.',
};

function settings(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Domeinbrug')
    .setDescription(
      'Events about a client go in; who pays for which care on each day comes out, with the reason. Days are ' +
        'YYYY-MM-DD and inclusive; moments are RFC 3339 in UTC. Errors are problem details (RFC 9457).',
    )
    .setVersion(apiVersion)
    .setContact('Domeinbrug', 'https://domeinbrug.example', 'contact@domeinbrug.example')
    .setLicense('EUPL-1.2', 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addServer('/v1', 'This service, version 1 of its interface')
    .addSecurity('token', {
      type: 'oauth2',
      description:
        'A JWT of your authorisation server as Authorization: Bearer, with one organisation, a purpose and scopes.',
      flows: { clientCredentials: { tokenUrl: 'https://issuer.example/token', scopes: whatScopesAllow } },
    })
    .addTag('events', 'What senders tell: one event or a batch.')
    .addTag('clients', 'One client: the journey, who pays on each day, and why.')
    .addTag('funders', 'The clients of a municipality, insurer or care office.')
    .addTag('providers', 'The clients of a care provider.')
    .addTag('rule sets', 'The rules that coverage is determined by.')
    .addTag('replays', 'The same histories under two rule sets: what would have been different.')
    .addTag('operation', 'For who runs the service.')
    .addTag('description', 'What this is and how it is spoken to.')
    .build();
}

/** The header fields that some answer refers to. */
function namedIn(paths: OpenAPIObject['paths']): Set<string> {
  const references = JSON.stringify(paths).matchAll(/"#\/components\/headers\/([^"]+)"/g);
  return new Set([...references].map(([, name]) => name!));
}

/** Adds to an operation what its door declares and what follows from the kind of door it is. */
function complete(address: string, operation: Operation, schemas: Record<string, JsonSchema>): void {
  const name = operation.operationId ?? '';
  const door = declarationOf(name);
  operation.operationId = camelCase(name);
  completeParameters(address, operation);
  if (!door) return;
  const needed = neededFor(door.method, door.controller);
  operation.security = securityOf(needed);
  const isAudited = auditedBy(door.method) !== undefined;
  if (isAudited) operation.parameters = [...(operation.parameters ?? []), auditReason];
  const refusals = [
    ...door.refusals,
    ...sharedRefusals({
      needed,
      isAudited,
      takesBody: operation.requestBody !== undefined,
      takesParameters: (operation.parameters ?? []).length > 0 || needed !== 'nothing',
    }),
  ];
  const responses = merged(answersOf(door, schemas), problemAnswers(refusals, address));
  if (openToAnyOrigin.test(address)) allowAnyOrigin(responses);
  operation.responses = responses as Operation['responses'];
}

/** What an auditor sends along, and nobody else has to. */
const auditReason: NonNullable<Operation['parameters']>[number] = {
  name: 'Audit-Reason',
  in: 'header',
  required: false,
  description: 'Of an auditor: why it looks. It stands in the audit trail.',
  schema: { type: 'string', minLength: 10, maxLength: 200 },
  example: 'complaint 2025-0113',
};

/** Each scope alone is enough: one requirement for each. */
function securityOf(needed: ReturnType<typeof neededFor>): { token: string[] }[] {
  if (needed === 'nothing') return [];
  return needed === undefined || needed === 'any token'
    ? [{ token: [] }]
    : needed.map((scope) => ({ token: [scope] }));
}

type Responses = Record<string, ResponseParts>;

function allowAnyOrigin(responses: Responses): void {
  for (const response of Object.values(responses)) {
    Object.assign(response.headers, headerReferences(['access-control-allow-origin']));
  }
}

/** What a status answers by either; one status may be an answer in one media type and a problem in another. */
function merged(answers: Responses, problems: Responses): Responses {
  const all = { ...problems, ...answers };
  for (const status of Object.keys(answers).filter((each) => each in problems)) {
    const [answer, problem] = [answers[status]!, problems[status]!];
    all[status] = {
      description: `${answer.description} ${problem.description}`,
      headers: { ...answer.headers, ...problem.headers },
      content: { ...answer.content, ...problem.content },
    };
  }
  return all;
}

function answersOf(door: DeclaredDoor, schemas: Record<string, JsonSchema>): Responses {
  const responses: Responses = {};
  for (const answer of [...door.answers].reverse()) {
    Object.assign(schemas, answer.shape?.named);
    const before = responses[answer.status];
    responses[answer.status] = {
      description: before?.description ?? answer.says,
      headers: {
        ...before?.headers,
        ...headerReferences(['api-version', ...setBy(door), ...answer.headers]),
      },
      content: { ...before?.content, ...contentOf(answer) },
    };
  }
  return responses;
}

function contentOf({ shape, mediaType }: Answer): object {
  if (mediaType === problemMediaType) throw new Error('Problems are declared by @Refuses.');
  return shape ? { [mediaType]: { schema: shape.schema, example: shape.example } } : {};
}

/** The header fields that the framework's own `@Header` puts on the answers of a door. */
function setBy({ method }: DeclaredDoor): HeaderName[] {
  const set = (Reflect.getMetadata('__headers__', method) ?? []) as { name: string }[];
  return set.map(({ name }) => name.toLowerCase()).filter(isHeaderName);
}

function completeParameters(address: string, operation: Operation): void {
  for (const parameter of operation.parameters ?? []) {
    if (!('in' in parameter)) continue;
    const { schema } = parameter;
    // Lists of values have commas between.
    if (schema && 'items' in schema) Object.assign(parameter, { style: 'form', explode: false });
    if (schema && 'example' in schema) {
      parameter.example = schema.example as unknown;
      delete schema.example;
    }
    const known = parameter.in === 'path' ? pathParameters[keyOf(address, parameter.name)] : undefined;
    if (!known) continue;
    const { description, example, pattern } = known;
    Object.assign(parameter, {
      description,
      example,
      schema: { type: 'string', ...(pattern ? { pattern } : {}) },
    });
  }
}

/** `/v1/clients/{clientId}/events`, `clientId` -> `clients/clientId`. */
function keyOf(address: string, name: string): string {
  const parts = address.split('/');
  return `${parts[parts.indexOf(`{${name}}`) - 1]}/${name}`;
}

/** Addresses are described under the server `/v1`; what lies outside it says so. */
function underVersion([address, path]: [string, OpenAPIObject['paths'][string]]): [string, typeof path] {
  if (address.startsWith('/v1/')) return [address.slice('/v1'.length), path];
  return [address, { servers: [{ url: '/', description: 'This service, outside its versions' }], ...path }];
}

/** `ClientsController.coverage` -> `clientsCoverage`. */
function camelCase(name: string): string {
  const [controller = '', method = ''] = name.split('.');
  const noun = controller.replace(/Controller$/, '');
  return noun.charAt(0).toLowerCase() + noun.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
}
