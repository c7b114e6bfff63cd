import { clientNamePattern } from '@domeinbrug/journey';

/** What stands in the variable parts of addresses, by the part before it: `clients/clientId`. */
export interface PathParameter {
  description: string;
  example: string;
  pattern?: string;
}

export const pathParameters: Record<string, PathParameter> = {
  'clients/clientId': {
    description:
      'The client, by the id that an answer gave to the asker’s organisation. That of another organisation is nobody’s.',
    example: '3RO24JNV6FZ7UZESB6YCKYV6YBOGCQ36QBCTA5VMR3RS6GDJCRBGW23YF5PQKYV6YBOG',
    pattern: clientNamePattern,
  },
  'funders/funder': {
    description: 'Who pays: kind and code, such as insurer:3311, municipality:0363 or care-office:5515.',
    example: 'insurer:3311',
    pattern: '^((municipality|insurer|care-office):[0-9]{4}|pool:[A-Za-z0-9][A-Za-z0-9._-]{0,63})$',
  },
  'providers/agb': {
    description: 'The provider’s AGB code.',
    example: '65656055',
    pattern: '^[0-9]{8}$',
  },
  'rule-sets/id': { description: 'The rule set’s id.', example: 'six-weeks' },
  'versions/version': { description: 'One version of the rule set.', example: '2026.1' },
  'closings/id': {
    description: 'The closing’s id: SHA-256 (hex) of its content.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    pattern: '^[0-9a-f]{64}$',
  },
  'replays/id': {
    description: 'The replay’s id: SHA-256 (hex) over all that its answer depends on.',
    example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    pattern: '^[0-9a-f]{64}$',
  },
  'schemas/file': {
    description: 'An event type without prefix, then .v1.json.',
    example: 'client-registered.v1.json',
  },
};
