/** Sentences about all clients of a funder. English to Dutch. */
export const fundersInDutch: Record<string, string> = {
  'Under the active rule set, by what is or was known: its clients with their rows and gaps, and totals on the first page. On a day the rows are whole, of a period they are cut to it. All pages show the state at the first page’s position.':
    'Onder de geldende regelset, naar wat bekend is of was: de cliënten met hun regels en gaten, met totalen op de eerste bladzijde. Op een dag zijn de regels heel, van een periode zijn ze daarop afgeknipt. Alle bladzijden tonen de stand van de eerste.',
  'From this day on; together with lastDay.': 'Vanaf deze dag; samen met lastDay.',
  'Through this day; together with firstDay.': 'Tot en met deze dag; samen met firstDay.',
  'Only this day, with the rows that it lies in whole; not together with firstDay or lastDay.':
    'Alleen deze dag, met de hele regels waar hij in valt; niet samen met firstDay of lastDay.',
  'Read for whom a funder pays on a day or in a period':
    'Lees voor wie een financier op een dag of in een periode betaalt',
  'For the same service, or something else for the same client: with which law, for how long, and why the funder’s own row is there. Of the other no more than the law.':
    'Voor dezelfde zorg, of iets anders voor dezelfde cliënt: met welke wet, hoe lang, en waarom de eigen regel van de financier er is. Van de ander niet meer dan de wet.',
  'Read on which days a funder pays beside another law':
    'Lees op welke dagen een financier naast een andere wet betaalt',
  'Who paid by who pays now, in days, clients and amounts, and the difference split into what became known, other rules and other prices, let in one after the other in that order. A moment is seen under the active rule set, a closing under its own.':
    'Wie betaalde tegen wie nu betaalt, in dagen, cliënten en bedragen, en het verschil gesplitst in wat bekend werd, andere regels en andere prijzen, in die volgorde na elkaar toegelaten. Een moment wordt gezien onder de geldende regelset, een afsluiting onder haar eigen.',
  'Read what a funder pays more or less between two moments or closings':
    'Lees wat een financier meer of minder betaalt tussen twee momenten of afsluitingen',
  'Before: a moment, or a closing by id or name.': 'Eerst: een moment, of een afsluiting met id of naam.',
  'After: a moment, or a closing by id or name.': 'Daarna: een moment, of een afsluiting met id of naam.',
  'From this day on; left out: that of the closing.': 'Vanaf deze dag; weggelaten: die van de afsluiting.',
  'Through this day; left out: that of the closing, else the day before the later of the two moments.':
    'Tot en met deze dag; weggelaten: die van de afsluiting, anders de dag voor het laatste van de twee momenten.',
  'What is closed stays as it is and can be settled with later. The same again is the same closing; a name can stand for one thing only.':
    'Wat afgesloten is blijft zoals het is en kan later vergeleken worden. Nog eens hetzelfde is dezelfde afsluiting; een naam staat maar voor één ding.',
  'Freeze a period as it was known under a rule set, under a name':
    'Leg een periode zoals die bekend was onder een regelset vast, onder een naam',
  'Read what was frozen under a name': 'Lees wat onder een naam vastgelegd is',
  'Closing to make': 'Te maken afsluiting',
  'How it is to be found again; unique for the funder.':
    'Hoe zij teruggevonden wordt; uniek voor de financier.',
  'A moment that has passed.': 'Een moment dat voorbij is.',
  'An id, or id@version.': 'Een id, of id@versie.',
  'Frozen.': 'Vastgelegd.',
  'The same was frozen before.': 'Hetzelfde was al vastgelegd.',
  'Over all pages, of the days asked.': 'Over alle bladzijden, van de gevraagde dagen.',
  'Distinct clients.': 'Verschillende cliënten.',
  'Days of care: one for each service and day.': 'Zorgdagen: één voor elke soort zorg en dag.',
  'Of those, the days of which no price or use is known; they are in no amount.':
    'Daarvan de dagen waarvan geen prijs of gebruik bekend is; ze zitten in geen bedrag.',
  'One per basis; amounts of different bases are never added.':
    'Eén per grondslag; bedragen met verschillende grondslag worden nooit opgeteld.',
  'One service and kind of cover.': 'Eén soort zorg en dekking.',
  'One service and reason.': 'Eén soort zorg en reden.',
  'Per service and reason.': 'Per soort zorg en reden.',
  'The first day asked about.': 'De eerste gevraagde dag.',
  'The last day asked about.': 'De laatste gevraagde dag.',
  'Clients with such a day.': 'Cliënten met zo’n dag.',
  'One law beside one service of the funder.': 'Eén wet naast één soort zorg van de financier.',
  'The other law.': 'De andere wet.',
  'The same service, or something else for the same client.':
    'Dezelfde zorg, of iets anders voor dezelfde cliënt.',
  'Days beside that law.': 'Dagen naast die wet.',
  'Per other law and service; a day beside two laws counts under each.':
    'Per andere wet en soort zorg; een dag naast twee wetten telt onder elk.',
  'Days on which the funder pays beside another law.':
    'Dagen waarop de financier naast een andere wet betaalt.',
  'The last day.': 'De laatste dag.',
  'How many days.': 'Hoeveel dagen.',
  'The law that the funder pays under.': 'De wet waaruit de financier betaalt.',
  'table, absence-retained or the window’s id.': 'table, absence-retained of de id van het venster.',
  'Percent that the funder pays.': 'Percentage dat de financier betaalt.',
  'What the other law pays.': 'Wat de andere wet betaalt.',
  'A page of overlapping days.': 'Een bladzijde met overlappende dagen.',
  'One client.': 'Eén cliënt.',
  'What a funder pays more or less, and because of what.':
    'Wat een financier meer of minder betaalt, en waardoor.',
  'What is compared.': 'Wat vergeleken wordt.',
  'The closing it was taken from, by id; null for a moment.':
    'De afsluiting waaruit het komt, met id; null bij een moment.',
  'What the funder pays, by this side.': 'Wat de financier volgens deze kant betaalt.',
  'Days paid one way and now another, or the same.':
    'Dagen die op de ene manier betaald werden en nu op een andere, of dezelfde.',
  'The funder itself by name, another by kind.': 'De financier zelf bij naam, een ander naar soort.',
  'insurer:3311 for the funder that asks, insurer for another.':
    'insurer:3311 voor de financier die vraagt, insurer voor een andere.',
  'Empty = nobody.': 'Leeg = niemand.',
  'The funder’s own part.': 'Het eigen deel van de financier.',
  'Before.': 'Eerst.',
  'After.': 'Daarna.',
  'By service; the days of which the funder is or was a payer.':
    'Per soort zorg; de dagen waarvan de financier betaler is of was.',
  'The difference by cause, one let in after the other: late data, then rules, then prices.':
    'Het verschil naar oorzaak, na elkaar toegelaten: late gegevens, dan regels, dan prijzen.',
  'What became known or was corrected.': 'Wat bekend werd of verbeterd is.',
  'Other rules.': 'Andere regels.',
  'Other prices and assumed uses.': 'Andere prijzen en aangenomen gebruik.',
  'All together.': 'Alles samen.',
  'Days more, or fewer.': 'Dagen meer, of minder.',
  'A difference in whole cents.': 'Een verschil in hele centen.',
  'Of the lowest estimates.': 'Van de laagste schattingen.',
  'Of the middle estimates.': 'Van de middelste schattingen.',
  'Of the highest estimates.': 'Van de hoogste schattingen.',
  'Per basis, what is more or, negative, less.': 'Per grondslag wat meer is of, negatief, minder.',
  'A period as it was known under rules, frozen under a name.':
    'Een periode zoals die bekend was onder regels, vastgelegd onder een naam.',
  'SHA-256 (hex) of the other fields in the form of RFC 8785.':
    'SHA-256 (hex) van de andere velden in de vorm van RFC 8785.',
  'Its name, unique for the funder.': 'De naam, uniek voor de financier.',
  'Its days, both inclusive.': 'De dagen, tot en met.',
  'The first day.': 'De eerste dag.',
};
