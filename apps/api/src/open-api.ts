import { apiVersion, problemCodes, problemMediaType, questionFields } from '@domeinbrug/platform';
import type { INestApplication } from '@nestjs/common';
import { ApiPropertyOptional, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post'] as const;

/** The description of every door, in OpenAPI 3.1. */
export function describeInterface(app: INestApplication): OpenAPIObject {
  for (const { owner, property, described } of questionFields) {
    ApiPropertyOptional(described)(owner, property);
  }
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Domeinbrug')
    .setDescription(
      'Events about a client go in; who pays for which care on each day comes out, with the reason. Days are ' +
        'YYYY-MM-DD and inclusive; moments are RFC 3339 in UTC. Errors are problem details (RFC 9457).',
    )
    .setVersion(apiVersion)
    .setLicense('EUPL-1.2', 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem } };
  for (const path of Object.values(document.paths)) {
    for (const method of methods) if (path[method]) complete(path[method]);
  }
  return document;
}

const Problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(problemCodes) },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

/** What all doors have in common: comma-separated lists, and problems. */
function complete(operation: Operation): void {
  for (const parameter of operation.parameters ?? []) {
    if ('schema' in parameter && parameter.schema && 'items' in parameter.schema) {
      Object.assign(parameter, { style: 'form', explode: false });
    }
  }
  const problem = { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } };
  operation.responses['4XX'] = {
    description: 'What was asked cannot be given; `code` says why.',
    content: problem,
  };
  operation.responses['5XX'] = { description: 'Not now; try again later.', content: problem };
}
