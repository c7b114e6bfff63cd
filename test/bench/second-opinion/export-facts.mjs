// Writes the facts and the state line of an archive as one CSV file a table; both databases load the same files.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { columns, deliveryForms, laws, services, stayKinds } from '../../../dist/libs/terms/src/index.js';

export const tables = [
  'state',
  'claim',
  'stay',
  'absence',
  'consent',
  'joint_funding',
  'carer',
  'completion',
  'death',
  'succession',
];

const bytesAWrite = 1 << 20;

/**
 * What the SQL reads of each client, as known at an event. Rules take no part, and triggers are left for the SQL to
 * read off the state line. Columns that no rule of days reads (providers, volumes, activities) stay behind.
 *
 * @param reader an `ArchiveReader`
 * @param clients how many, from client 0; all by default
 * @returns rows by table
 */
export function exportFacts(reader, folder, { clients = reader.clients, event = 'now' } = {}) {
  mkdirSync(folder, { recursive: true });
  const files = Object.fromEntries(
    tables.map((table) => [table, new TableFile(join(folder, `${table}.csv`))]),
  );
  for (let client = 0; client < clients; client++) exportClient(files, client, reader.factsAt(client, event));
  return Object.fromEntries(tables.map((table) => [table, files[table].close()]));
}

function exportClient(files, client, facts) {
  for (const { from, until, municipality, insurer, careOffice, profile, form, column } of facts.state) {
    const codes = [municipality, insurer, careOffice, profile].map(known);
    files.state.add(client, from, until, ...codes, deliveryForms[form] ?? '', columns[column]);
  }
  for (const { service, law, from, until } of facts.claims) {
    files.claim.add(files.claim.rows, client, services[service], laws[law], from, until);
  }
  for (const { service, kind, from, until } of facts.stays) {
    files.stay.add(client, services[service], stayKinds[kind], from, until);
  }
  for (const { opened, reason, departure, from, until } of facts.absences) {
    files.absence.add(client, opened, reason, departure, from, until);
  }
  for (const { opened, service, pool, settled, from, until } of facts.joint) {
    files.joint_funding.add(client, opened, services[service], pool, settled, from, until);
  }
  for (const { from, until } of facts.carers) files.carer.add(client, from, until);
  for (const { from } of facts.consents) files.consent.add(client, from);
  for (const { service, from } of facts.completions) files.completion.add(client, services[service], from);
  if (facts.death) files.death.add(client, facts.death.from);
  for (const { level, code, by, from } of facts.successions)
    files.succession.add(client, level, code, by, from);
}

/** NULL is an empty field. */
function known(code) {
  return code < 0 ? '' : code;
}

class TableFile {
  rows = 0;
  #lines = '';

  constructor(path) {
    this.fd = openSync(path, 'w');
  }

  add(...fields) {
    this.rows += 1;
    this.#lines += `${fields.join(',')}\n`;
    if (this.#lines.length > bytesAWrite) this.#write();
  }

  close() {
    this.#write();
    closeSync(this.fd);
    return this.rows;
  }

  #write() {
    writeSync(this.fd, this.#lines);
    this.#lines = '';
  }
}
