import type { Asker } from '@domeinbrug/access';
import { isBsn } from '@domeinbrug/intake';
import { Problem } from '@domeinbrug/problems';
import { isFunder } from '@domeinbrug/sight';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Allow } from 'class-validator';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { unknownClient } from './client-journey.js';
import { aboutClient, maySeeNow } from './sight.js';

/** Whom to look for. */
export class ClientSearch {
  // Checked in the use case: a bad number is a problem of its own, `bsn-invalid`.
  @Allow()
  bsn?: unknown;
}

/** The id that a person is kept under, or would be; whether anything is known of the person it does not say. */
export class ClientOfNumber extends Query<string> {
  constructor(readonly search: ClientSearch) {
    super();
  }
}

@QueryHandler(ClientOfNumber)
export class ClientOfNumberHandler implements IQueryHandler<ClientOfNumber> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 `bsn-invalid` */
  async execute({ search: { bsn } }: ClientOfNumber): Promise<string> {
    if (typeof bsn !== 'string' || !isBsn(bsn)) throw invalidBsn();
    const { references, log, pseudonyms } = this.stores;
    const named = await pseudonyms.clientIdOf(bsn);
    const persons = await references.at((await log.head()).position);
    return persons.mergedInto(named) ?? named;
  }
}

/** The id under which a person is read, for those who may know that the person is known. */
export class FindClient extends Query<{ clientId: string }> {
  constructor(
    readonly clientId: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(FindClient)
export class FindClientHandler implements IQueryHandler<FindClient> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 404 when nothing is known, or nothing that is the asker's */
  async execute({ clientId, asker }: FindClient): Promise<{ clientId: string }> {
    const { journey } = await aboutClient(this.stores, asker, clientId);
    if (isFunder(asker) && !maySeeNow(this.stores, asker, journey)) throw unknownClient();
    return { clientId };
  }
}

function invalidBsn(): Problem {
  const detail = 'Must be a text of nine digits that passes the eleven-test.';
  return new Problem('bsn-invalid', 'Give the citizen service number to look for, as bsn.', {
    errors: [{ pointer: '/bsn', code: 'bsn-invalid', detail }],
  });
}
