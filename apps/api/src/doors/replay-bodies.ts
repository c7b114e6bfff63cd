import { privacyProfiles } from '@domeinbrug/replay';
import type { ApiBodyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** What policy staff ask of two rule sets. */
export const replayBody: Schema = {
  title: 'Replay to make',
  type: 'object',
  required: ['baseline', 'alternative', 'firstDay', 'lastDay'],
  properties: {
    baseline: { type: 'string', description: 'An id, or id@version.', example: 'sharp-cut' },
    alternative: { type: 'string', description: 'An id, or id@version.', example: 'six-weeks' },
    firstDay: { type: 'string', format: 'date', example: '2024-01-01' },
    lastDay: {
      type: 'string',
      format: 'date',
      description: 'At most 40 years later; inclusive.',
      example: '2024-12-31',
    },
    knownAt: {
      type: 'string',
      format: 'date-time',
      description: 'As known at this moment; left out: as known now.',
      example: '2025-03-31T22:00:00Z',
    },
    knownAtPosition: {
      type: 'string',
      pattern: '^(0|[1-9][0-9]{0,14})$',
      description: 'As known at this position of the log, instead of a moment.',
      example: '197',
    },
    population: {
      type: 'object',
      description:
        'Only clients who meet all of this on one day of the period; they take part with all days of it. Left out: everybody.',
      properties: {
        municipality: { type: 'string', pattern: '^[0-9]{4}$', example: '0363' },
        careOffice: { type: 'string', pattern: '^[0-9]{4}$', example: '5515' },
        insurer: { type: 'string', pattern: '^[0-9]{4}$', example: '3311' },
        profile: { type: 'string', pattern: '^[0-9]{3}$', example: '754' },
        birthYear: {
          type: 'object',
          description: 'Years of birth, both included.',
          properties: {
            min: { type: 'integer', minimum: 1890, maximum: 2100, example: 1930 },
            max: { type: 'integer', minimum: 1890, maximum: 2100, example: 1950 },
          },
        },
      },
    },
    vary: {
      type: 'object',
      description:
        'One parameter of the alternative and the values it is to take one after the other: a range with a step, or single values with commas between.',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: { type: 'string' },
      example: { handoverLength: '0..182 step 7' },
    },
    privacy: {
      type: 'string',
      enum: [...privacyProfiles],
      description: 'k10 when left out; none is for an auditor only.',
    },
  },
};

const whole = {
  baseline: 'sharp-cut',
  alternative: 'six-weeks',
  firstDay: '2024-01-01',
  lastDay: '2024-12-31',
};

export const replayExamples = {
  all: { summary: 'Everybody, one year', value: whole },
  some: {
    summary: 'One region as known then, over the lengths of a handover',
    value: {
      ...whole,
      knownAt: '2025-03-31T22:00:00Z',
      population: { careOffice: '5515', birthYear: { max: 1950 } },
      vary: { handoverLength: '0..182 step 7' },
    },
  },
};
