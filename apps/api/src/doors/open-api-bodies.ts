import { wireTypes } from '@domeinbrug/journey';
import type { ApiBodyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** One event on the wire. */
export const eventBody: Schema = {
  title: 'CloudEvent',
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
  properties: {
    specversion: { type: 'string', enum: ['1.0'] },
    id: { type: 'string', minLength: 1, maxLength: 256, description: 'Unique per source.' },
    source: {
      type: 'string',
      description:
        'urn:nld:<agb, gemeentecode, uzovi, zorgkantoor or oin>:<code>:systeem:<name>, of the sender.',
      example: 'urn:nld:agb:65656055:systeem:ecd',
    },
    type: { type: 'string', enum: [...wireTypes] },
    time: { type: 'string', format: 'date-time', description: 'When the source registered it.' },
    datacontenttype: { type: 'string', enum: ['application/json'] },
    dataschema: { type: 'string', format: 'uri' },
    data: {
      type: 'object',
      description: 'By the schema at GET /v1/schemas/{type}.v1.json; the client as clientId or as bsn.',
    },
  },
};

/** One event as a provider might send it; the BSN is an invented one. */
export const eventExample = {
  specversion: '1.0',
  id: 'adm-1',
  source: 'urn:nld:agb:65656055:systeem:ecd',
  type: 'nl.domeinbrug.client-admitted.v1',
  time: '2024-03-05T08:12:00+01:00',
  data: { bsn: '999990019', provider: '65656055', firstDay: '2024-03-04', withTreatment: true },
};

export const batchBody: Schema = {
  title: 'Batch of CloudEvents',
  type: 'array',
  minItems: 1,
  maxItems: 1000,
  items: eventBody,
};

/** In binary mode the attributes stand in `ce-` header fields. */
export const binaryBody: Schema = {
  title: 'Data of a CloudEvent',
  type: 'object',
  description: 'The data of one event, with its attributes as header fields ce-id, ce-source and so on.',
};

export const eventExamples = {
  one: { summary: 'One event', value: eventExample },
  batch: { summary: 'A batch', value: [eventExample] },
  binary: {
    summary: 'Binary mode: the data, with the attributes in header fields',
    value: eventExample.data,
  },
};
