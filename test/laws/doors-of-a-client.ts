import { amsterdamDay, formatDay } from '@domeinbrug/calendar';
import type { JourneyEvent } from '@domeinbrug/journey';
import { services } from '@domeinbrug/terms';
import { bsnNumber, event } from '../e2e/service.js';
import { askerOf, type Asked, type Door, type Question } from './asked-through-http.js';
import { isOn } from './asking.js';
import { reasonLaws, sightLaws } from './sight-laws.js';
import {
  clinics,
  essence,
  isAllOwn,
  isOwn,
  isOwnDay,
  sourceOf,
  turns,
  type Read,
} from './what-may-be-seen.js';

/** The doors that tell of one client, each with what it may tell. */

type Timeline = Read['seen'];

const readsCoverage = (as: string): boolean =>
  /^(auditor|provider|municipality|insurer|care-office)/.test(as);

/** The answer about one client; `undefined` when it is refused as it should be. */
async function timelineTo(
  asked: Asked,
  { as, person, view }: Question,
  query: string,
): Promise<Timeline | undefined> {
  const about = (id: string): string =>
    `/v1/clients/${id}/coverage?knownAtPosition=${view.position}&ruleSet=${view.ruleSet}${query}`;
  const answer = await asked.ask(as, about(asked.aliasOf(person, as)));
  if (!readsCoverage(as)) {
    expect([answer.status, answer.body.code]).toEqual([403, 'scope-missing']);
    return undefined;
  }
  if (asked.mayKnow(as, person, view)) {
    expect(answer.status).toBe(200);
    return answer.body as unknown as Timeline;
  }
  const never = await asked.client.ask(as, about('NEVER00001'));
  expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
    404,
    'client-unknown',
    never.body.detail,
  ]);
  return undefined;
}

function holdTimeline(read: Read): void {
  if (read.asker.kind === 'auditor' || isAllOwn(read)) {
    const { cover, gaps, minutes, findings } = read.whole;
    expect(read.seen).toMatchObject(JSON.parse(JSON.stringify({ cover, gaps, minutes, findings })) as object);
  } else for (const [, law] of sightLaws) law(read);
}

export const coverage: Door = async (asked, question) => {
  const seen = await timelineTo(asked, question, '');
  if (seen) holdTimeline(asked.read(question.as, question.person, question.view, seen));
  return 1;
};

/** A part of an answer is that part of the whole answer, which is held to what may be seen. */
export const coverageOfDays: Door = async (asked, question) => {
  const { firstDay, lastDay } = question.period;
  const days = question.number % 2 ? `&on=${firstDay}` : `&firstDay=${firstDay}&lastDay=${lastDay}`;
  const last = question.number % 2 ? firstDay : lastDay;
  const some = question.number % 3 ? '' : `&services=${question.service}`;
  const whole = await timelineTo(asked, question, '');
  const part = await timelineTo(asked, question, days + some);
  expect(part === undefined).toBe(whole === undefined);
  if (!whole || !part) return 2;
  holdTimeline(asked.read(question.as, question.person, question.view, whole));
  const isAsked = (row: { service: string }): boolean => some === '' || row.service === question.service;
  const cut = <Row extends Timeline['cover'][number] | Timeline['gaps'][number]>(rows: Row[]): string[] =>
    rows
      .filter((row) => isAsked(row) && row.firstDay <= last && (row.lastDay ?? '9999') >= firstDay)
      .map((row) =>
        JSON.stringify({
          ...row,
          firstDay: row.firstDay < firstDay ? firstDay : row.firstDay,
          lastDay: row.lastDay === null || row.lastDay > last ? last : row.lastDay,
        }),
      )
      .sort();
  const told = (rows: object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
  expect(told(part.cover)).toEqual(cut(whole.cover));
  expect(told(part.gaps)).toEqual(cut(whole.gaps));
  expect(told(part.minutes)).toEqual(
    told(whole.minutes.filter((row) => isAsked(row) && firstDay <= row.day && row.day <= last)),
  );
  for (const finding of part.findings) expect(whole.findings).toContainEqual(finding);
  return 2;
};

export const search: Door = async (asked, { as, person }) => {
  const { status, body } = await asked.ask(as, '/v1/clients/_search', { bsn: person.bsn });
  if (asked.mayKnow(as, person)) expect([status, body.clientId]).toEqual([200, asked.aliasOf(person, as)]);
  else {
    const never = await asked.ask(as, '/v1/clients/_search', { bsn: bsnNumber(1) });
    expect([status, body.detail]).toEqual([never.status, never.body.detail]);
    expect([403, 404]).toContain(status);
  }
  return 1;
};

/** By what another calls a client nobody is found, whoever may know of it. */
export const idOfAnother: Door = async (asked, { as, other, person, number }) => {
  if (askerOf(as).kind === askerOf(other).kind && askerOf(as).code === askerOf(other).code) return 0;
  if (!readsCoverage(as)) return 0;
  const doors = [
    'coverage',
    'settlement?fromRuleSet=sharp-cut&toRuleSet=six-weeks&lastDay=2024-12-31',
    'coverage?on=2024-02-01',
  ];
  const about = (id: string): string => `/v1/clients/${id}/${doors[number % doors.length]}`;
  const answer = await asked.client.ask(as, about(asked.aliasOf(person, other)));
  const never = await asked.client.ask(as, about('NEVER00001'));
  expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
    never.status,
    never.body.code,
    never.body.detail,
  ]);
  return 1;
};

/** Deliveries: a provider’s own, an auditor’s all. */
export const deliveries: Door = async (asked, { as, person, view }) => {
  const path = `/v1/clients/${asked.aliasOf(person, as)}/events?knownAtPosition=${view.position}`;
  const { status, body } = await asked.ask(as, path);
  const { kind } = askerOf(as);
  if (kind !== 'auditor' && kind !== 'provider') expect(status).toBe(403);
  else if (!asked.mayKnow(as, person)) expect(status).toBe(404);
  else {
    const may = person.told.filter(
      (each) =>
        each.position <= view.position && (kind === 'auditor' || each.event.source === sourceOf(askerOf(as))),
    );
    expect(body.events.map(({ id }) => id)).toEqual(may.map((each) => each.event.id));
  }
  return 1;
};

/** What would be, on days that are a provider’s own by what is true, and from today on. */
export const preview: Door = async (asked, { as, person, period, service, number }) => {
  if (askerOf(as).kind !== 'provider') return 0;
  const { code } = askerOf(as);
  const supposed = [
    ['activity-recorded', { day: period.firstDay, service, minutes: 30, provider: code, subject: 'client' }],
    ['client-admitted', { firstDay: period.firstDay, provider: code, withTreatment: true }],
    ['case-management-started', { firstDay: period.firstDay, provider: code }],
    ['stay-started', { firstDay: period.firstDay, provider: code, kind: 'hospital' }],
  ][number % 4]! as [string, object];
  const clientId = asked.aliasOf(person, as);
  const envelope = {
    ...event(as, supposed[0], 'supposed', { clientId, ...supposed[1] }),
    source: sourceOf(askerOf(as)),
  };
  const { status, body } = await asked.ask(as, `/v1/clients/${clientId}/coverage/_preview`, {
    events: [envelope],
  });
  if (!asked.mayKnow(as, person)) {
    expect([status, body.code]).toEqual([404, 'client-unknown']);
    return 1;
  }
  if (status === 400) return 0;
  expect(status).toBe(200);
  const journey = asked.population.journeyOf(person, asked.now);
  const last = Math.max(...journey.events.map(({ recordedAt }) => recordedAt));
  const more = {
    id: 'supposed',
    source: envelope.source,
    type: supposed[0],
    recordedAt: last,
    data: supposed[1],
  };
  const events = [...journey.events, more as unknown as JourneyEvent];
  const made = asked.population.supposing({ ...journey, events }, 'six-weeks');
  const seen = body.timelines[0] as unknown as Timeline;
  const read = { asker: askerOf(as), ...made, seen };
  holdPreview(read, asked.read(as, person, asked.active()), formatDay(amsterdamDay(Date.now())));
  return 1;
};

function holdPreview(read: Read, truth: Read, today: string): void {
  const { whole, seen, asker } = read;
  if (isAllOwn(truth)) {
    expect(seen.cover.map((row) => essence(row as never))).toEqual(whole.cover.map(essence));
    return;
  }
  for (const day of [...new Set([...turns(read), ...turns(truth), today])]) {
    const may = day >= today || isOwnDay(truth, day);
    const rows = seen.cover.filter((row) => isOn(row, day));
    const own = whole.cover.filter((row) => isOwn(read, row) && isOn(row, day));
    const shown = rows.filter(({ provider }) => provider === asker.code);
    expect(shown).toHaveLength(may ? own.length : 0);
    if (!may) expect([rows, seen.gaps.filter((gap) => isOn(gap, day))]).toEqual([[], []]);
    for (const row of rows) {
      if (row.provider !== asker.code) expect(clinics).not.toContain(row.service);
      expect(
        whole.cover.some(
          (each) =>
            each.service === row.service && each.law === row.law && each.kind === row.kind && isOn(each, day),
        ),
      ).toBe(true);
    }
  }
  for (const { provider, day } of seen.minutes)
    expect(provider === asker.code && (day >= today || isOwnDay(truth, day))).toBe(true);
  expect(seen.findings.every(({ events }) => events.every(({ source }) => source === sourceOf(asker)))).toBe(
    true,
  );
  for (const [, law] of reasonLaws.slice(1)) law(read);
}

/** Between two rule sets: to a provider its own care, to a funder what it pays before or after and no other by name. */
export const settlement: Door = async (asked, { as, person, view }) => {
  const { kind } = askerOf(as);
  if (kind === 'auditor') return 0;
  const path = `/v1/clients/${asked.aliasOf(person, as)}/settlement?fromRuleSet=sharp-cut&toRuleSet=${view.ruleSet}&lastDay=2024-12-31`;
  const { status, body } = await asked.ask(as, path);
  if (!['municipality', 'insurer', 'care-office', 'provider'].includes(kind)) expect(status).toBe(403);
  if (status !== 200) return 1;
  const may = ['sharp-cut', view.ruleSet].some((ruleSet) =>
    asked.mayKnow(as, person, { position: asked.now, ruleSet }),
  );
  expect(may).toBe(true);
  const [before, after] = ['sharp-cut', view.ruleSet].map((ruleSet) =>
    asked.read(as, person, { position: asked.now, ruleSet }),
  ) as [Read, Read];
  const rows = (body as unknown as { rows: SettledRow[] }).rows;
  for (const day of new Set([...turns(before), ...turns(after)])) {
    const told = rows.filter((row) => isOn(row as never, day));
    const settled = day > '2024-12-31' ? [] : settledOn(before, after, day);
    const shares = (side: SettledRow['from']): string =>
      side
        .map(({ funder, share }) => `${funder} ${share}`)
        .sort()
        .join(', ');
    expect(told.map(({ service, from, to }) => `${service}: ${shares(from)} > ${shares(to)}`).sort()).toEqual(
      settled.sort(),
    );
  }
  return 1;
};

interface SettledRow {
  service: string;
  firstDay: string;
  lastDay: string | null;
  from: { funder: string; share: number }[];
  to: { funder: string; share: number }[];
}

/** Who pays what instead of whom on a day, as far as the asker may know. */
function settledOn(before: Read, after: Read, day: string): string[] {
  const { asker } = before;
  const own = `${asker.kind}:${asker.code}`;
  const isProvider = asker.kind === 'provider';
  const paying = ({ whole }: Read, service: string): string => {
    const rows = whole.cover.filter((row) => row.service === service && isOn(row, day));
    const shown = rows.filter(({ provider }) => !isProvider || provider === asker.code);
    const named = shown.map(({ funder, share }) => {
      const name = isProvider || funder === own ? funder : funder.slice(0, funder.indexOf(':'));
      return `${name} ${share}`;
    });
    return [...new Set(named)].sort().join(', ');
  };
  return services.flatMap((service) => {
    const [from, to] = [paying(before, service), paying(after, service)];
    const isTold = from !== to && (isProvider || `${from}, ${to}`.includes(`${own} `));
    return isTold ? [`${service}: ${from} > ${to}`] : [];
  });
}
