import { mediaTypeOf } from './media-type.js';

const known = ['application/json', 'text/csv', 'application/vnd.apache.parquet'] as const;

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['text/html', 'application/json'],
  ['text/csv', 'text/csv'],
  ['Text/CSV; charset=utf-8', 'text/csv'],
  ['text/*', 'text/csv'],
  ['text/csv, */*;q=0.8', 'text/csv'],
  ['text/csv;q=0.5, application/json', 'application/json'],
  ['application/*;q=0.5, application/vnd.apache.parquet', 'application/vnd.apache.parquet'],
  ['text/csv;q=0, */*', 'application/json'],
  ['application/json;q=x, text/csv;q=0.1', 'text/csv'],
])('Accept: %s is answered by %s', (accept, type) => expect(mediaTypeOf(accept, known)).toBe(type));
