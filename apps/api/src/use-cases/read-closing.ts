import type { Asker } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/problems';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { readClosings, type Closing } from './closing.js';

/** One closing; a funder sees its own, an auditor each. */
export class ReadClosing extends Query<Closing> {
  constructor(
    readonly id: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadClosing)
export class ReadClosingHandler implements IQueryHandler<ReadClosing> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 404, the same for a closing that is not there and one of another funder */
  async execute({ id, asker }: ReadClosing): Promise<Closing> {
    const found = (await readClosings(this.stores.log)).find((closing) => closing.id === id);
    if (found && (asker.kind === 'auditor' || found.funder === `${asker.kind}:${asker.code}`)) return found;
    throw new Problem('closing-unknown', 'Nothing that you may see was closed under this id.');
  }
}
