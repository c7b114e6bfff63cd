import type { Asker } from '@domeinbrug/access';
import { AskedDay, AskedList, AskedPosition } from '@domeinbrug/platform';
import type { ProblemError } from '@domeinbrug/problems';
import {
  minutesDimensions,
  minutesSums,
  type MinutesDimension,
  type MinutesSums,
} from '@domeinbrug/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import type { Coordinates } from './funder-page.js';
import { periodErrors } from './period.js';
import { storedViews, untilTakenIn } from './stored-views.js';
import { refused } from './sound.js';

/** Which recorded minutes of a provider, and how they are added up. */
export class MinutesQuestion {
  @AskedList(minutesDimensions, 'dimensions', 'A sum for each of these; left out: one sum of all.')
  by: MinutesDimension[] = [];

  @AskedDay('From this day on.')
  firstDay?: string;

  @AskedDay('Through this day.')
  lastDay?: string;

  @AskedPosition('Wait until this position has been taken in, as answered to a POST.')
  atLeast?: string;

  static problemsOf(asked: MinutesQuestion): ProblemError[] {
    return periodErrors(asked);
  }
}

export interface ProviderMinutes extends Coordinates {
  provider: string;
  /** In the order of the dimensions asked. */
  sums: MinutesSums[];
}

/** A provider's recorded minutes: paid, over a cap, and unpaid with the reason. */
export class ReadProviderMinutes extends Query<ProviderMinutes> {
  constructor(
    readonly provider: string,
    readonly question: MinutesQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadProviderMinutes)
export class ReadProviderMinutesHandler implements IQueryHandler<ReadProviderMinutes> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 503 while the read models are built or behind `atLeast` */
  async execute({ provider, question, asker }: ReadProviderMinutes): Promise<ProviderMinutes> {
    refused(MinutesQuestion.problemsOf(question));
    const { by, firstDay, lastDay, atLeast } = question;
    await untilTakenIn(this.stores, atLeast);
    const { views, coordinates } = storedViews(this.stores);
    const { checkpoint, sums } = await minutesSums(views, {
      provider,
      by: [...new Set(by)],
      clinicsOfOthers: asker.kind === 'auditor',
      ...(firstDay === undefined ? {} : { firstDay }),
      ...(lastDay === undefined ? {} : { lastDay }),
    });
    return { provider, ...coordinates(checkpoint), sums };
  }
}
