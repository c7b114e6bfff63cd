import type { EventRef, ParameterRead } from '@domeinbrug/coverage';
import { eventsTo, seenBecause, type Care, type PartialAsker } from './seen-reasons.js';
import { ownRow } from './seen-rows.js';

const clinic = 'urn:nld:agb:06290000:systeem:epd';
const home = 'urn:nld:agb:65656055:systeem:ecd';
const municipality: PartialAsker = { kind: 'municipality', code: '0363' };
const insurer: PartialAsker = { kind: 'insurer', code: '3311' };
const careOffice: PartialAsker = { kind: 'care-office', code: '5515' };
const help: Care = { service: 'household-help', provider: '65656055' };
const event = (type: EventRef['type'], source = home, id: string = type): EventRef => ({ source, id, type });

const interrupted = { source: null, id: null, type: null, law: null, says: 'interrupted by other care' };

describe('the reasons of a municipality’s row', () => {
  it.each(['stay-started', 'stay-ended'] as const)('tell of a %s that other care came between', (type) => {
    expect(eventsTo(municipality, help, [event(type, clinic)])).toEqual([interrupted]);
  });

  it('tell no more of a stay when its own provider told of it', () => {
    expect(eventsTo(municipality, help, [event('stay-started', home)])).toEqual([interrupted]);
  });

  it('tell once of several that show the same', () => {
    const events = [event('stay-ended', clinic, 'a'), event('stay-started', clinic, 'b')];
    expect(eventsTo(municipality, help, events)).toEqual([interrupted]);
  });

  it('tell of what fell under another law the law alone', () => {
    expect(eventsTo(municipality, help, [event('client-admitted')])).toEqual([
      { source: null, id: null, type: null, law: 'wlz', says: 'decided under another law' },
    ]);
  });

  it('name what its row’s provider told under its own law', () => {
    const started = event('wmo-support-started');
    expect(eventsTo(municipality, help, [started])).toEqual([started]);
  });

  it('do not name who told of a death or a move, unless it was the row’s provider', () => {
    expect(eventsTo(municipality, help, [event('client-died', clinic)])).toEqual([
      { source: null, id: null, type: 'client-died', law: null, says: 'told by another organisation' },
    ]);
    expect(eventsTo(municipality, help, [event('client-died')])).toEqual([event('client-died')]);
  });

  it('name whatever the municipality sent itself', () => {
    const own = event('client-moved', 'urn:nld:gemeentecode:0363:systeem:wmo');
    expect(eventsTo(municipality, help, [own])).toEqual([own]);
    expect(eventsTo({ ...municipality, code: '0518' }, help, [own])).not.toEqual([own]);
  });

  it('say nothing of a carer', () => {
    expect(eventsTo(municipality, help, [event('carer-registered')])).toEqual([]);
  });
});

it('tells who pays for a stay of it, and of the clinic that is paid', () => {
  const stay = event('stay-started', clinic);
  expect(eventsTo(insurer, { service: 'mental-health-care', provider: '06290000' }, [stay])).toEqual([stay]);
  expect(eventsTo(careOffice, { service: 'mental-health-care', provider: '06290000' }, [stay])).toEqual([
    stay,
  ]);
  expect(eventsTo(insurer, { service: 'district-nursing', provider: '65656055' }, [stay])).toEqual([
    interrupted,
  ]);
});

it('tells a municipality of the respite stay that it pays', () => {
  const respite = event('stay-started', clinic);
  expect(eventsTo(municipality, { service: 'respite-care', provider: '06290000' }, [respite])).toEqual([
    respite,
  ]);
});

it('does not say of one’s own law that it is another', () => {
  const decided = event('wmo-decision-issued', 'urn:nld:gemeentecode:0518:systeem:wmo');
  expect(eventsTo(municipality, help, [decided])).toMatchObject([
    { type: 'wmo-decision-issued', law: 'wmo', says: 'told by another organisation' },
  ]);
});

it('names an indication to the care office, since a register decided it', () => {
  const indicated = event('wlz-indication-issued', 'urn:nld:oin:00000003123456780000:systeem:ciz');
  expect(eventsTo(careOffice, { service: 'residence', provider: null }, [indicated])).toEqual([indicated]);
  expect(eventsTo(insurer, { service: 'district-nursing', provider: null }, [indicated])).toEqual([
    expect.objectContaining({ law: 'wlz', id: null, type: null }),
  ]);
});

it('leaves the code out of a value that was read for another organisation', () => {
  const read = (level: ParameterRead['level'], code: string | null): ParameterRead => ({
    name: 'handoverLength',
    value: 42,
    level,
    code,
    since: '2024-01-01',
  });
  const parameters = [
    read('municipality', '0363'),
    read('insurer', '3311'),
    read('provider', '65656055'),
    read('provider', '06290000'),
    read('national', null),
  ];
  const seen = seenBecause(municipality, help, { opened: [], closed: [], parameters });
  expect(seen.parameters.map(({ code }) => code)).toEqual(['0363', null, '65656055', null, null]);
});

it('shows an auditor all, and is not asked for who may see nothing', () => {
  const because = { opened: [event('stay-started', clinic)], closed: [], parameters: [] };
  const row = { ...help, because } as unknown as Parameters<typeof ownRow>[1];
  expect(ownRow({ kind: 'auditor', code: '' }, row)).toEqual(row);
  expect(() => ownRow({ kind: 'policy', code: '' }, row)).toThrow('does not see a part');
});
