import type { Language } from '@domeinbrug/problems';
import { writeCsv, writeParquet, type ResultTable, type RunHeader } from '@domeinbrug/replay';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';

export const parquetType = 'application/vnd.apache.parquet';

/** What the tables of a replay can be had as; JSON when nothing else is wanted. */
export const resultTypes = ['application/json', 'text/csv', parquetType] as const;

export interface ResultFile {
  table: ResultTable;
  header: RunHeader;
  /** Of a CSV: in Dutch it is what a Dutch spreadsheet opens. */
  language: Language;
}

/** Answers with a table as a file to be kept. */
export function sendTable(
  reply: FastifyReply,
  type: 'text/csv' | typeof parquetType,
  { table, header, language }: ResultFile,
): void {
  const name = `replay-${header.id.slice(0, 12)}.${type === 'text/csv' ? 'csv' : 'parquet'}`;
  void reply.header('content-disposition', `attachment; filename="${name}"`);
  if (type === parquetType) return void reply.type(type).send(writeParquet(table, header));
  const pieces = writeCsv(table, header, language === 'nl' ? 'dutch' : 'plain');
  void reply.header('content-language', language).type('text/csv; charset=utf-8').send(Readable.from(pieces));
}
