/** What the figures, journeys and differences of replays say. English to Dutch. */
export const replayFiguresInDutch: Record<string, string> = {
  'How far a replay is, and what it found.': 'Hoe ver een doorrekening is, en wat zij vond.',
  'What it found; null before its end.': 'Wat zij vond; null voor haar einde.',
  'What a replay found, as it may leave.': 'Wat een doorrekening vond, zoals het naar buiten mag.',
  'How it was made; stands above every file too.': 'Hoe het gemaakt is; staat ook boven elk bestand.',
  'The replay’s id.': 'De id van de doorrekening.',
  'One thing that it depends on.': 'Eén ding waar het van afhangt.',
  'What it is.': 'Wat het is.',
  'The same in Dutch.': 'Hetzelfde in het Nederlands.',
  'What it was.': 'Wat het was.',
  'In the order to be shown.': 'In de volgorde waarin het getoond wordt.',
  'Clients; null where they are too few.': 'Cliënten; null waar het er te weinig zijn.',
  'Who take part.': 'Wie meedoen.',
  'For whom the alternative may give something else.': 'Voor wie het alternatief iets anders kan geven.',
  'For whom the days of any cell differ.': 'Voor wie de dagen van enige cel verschillen.',
  'With days of service that somebody pays now and nobody did.':
    'Met dagen hulp die nu iemand betaalt en eerst niemand.',
  'With days of service that nobody pays now and somebody did.':
    'Met dagen hulp die nu niemand betaalt en eerst iemand.',
  'Days of service that somebody pays now and nobody did.':
    'Dagen zorg die nu iemand betaalt en eerst niemand.',
  'Days of service that nobody pays now and somebody did.':
    'Dagen zorg die nu niemand betaalt en eerst iemand.',
  'Admitted at least once in the period.': 'Minstens eens opgenomen in de periode.',
  'In need of care without a known end.': 'Met zorg nodig zonder bekend einde.',
  'Days and clients.': 'Dagen en cliënten.',
  'One row of a figure.': 'Eén regel van een cijfer.',
  'In the order of the dimensions; null: unknown.': 'In de volgorde van de uitsplitsing; null: onbekend.',
  'What it is about.': 'Waar het over gaat.',
  'What the labels are of.': 'Waar de opschriften van zijn.',
  'Days of service and clients.': 'Dagen zorg en cliënten.',
  'That somebody pays.': 'Die iemand betaalt.',
  'By law.': 'Naar wet.',
  'Needed, and nobody pays.': 'Nodig, en niemand betaalt.',
  'With more than one payer.': 'Met meer dan één betaler.',
  'By kind of cover and region.': 'Naar aard van de dekking en regio.',
  'By the rule that pays.': 'Naar de regel die betaalt.',
  'Windows that opened.': 'Vensters die opengingen.',
  'Cut short by a death.': 'Ingekort door een overlijden.',
  'Cut short by a discharge.': 'Ingekort door een ontslag.',
  'Cut short by a move.': 'Ingekort door een verhuizing.',
  'Ended because it was done.': 'Geëindigd omdat het klaar was.',
  'Without any minutes recorded.': 'Zonder vastgelegde minuten.',
  'Days that they offered, after cuts.': 'Dagen die zij boden, na inkorting.',
  'Of those, days with minutes of the service.': 'Daarvan de dagen met minuten van de zorg.',
  'What became of windows; null where they are too few.':
    'Wat er van vensters werd; null waar het er te weinig zijn.',
  'Covered handover days.': 'Betaalde dagen warme overdracht.',
  'Days.': 'Dagen.',
  'Days per admission.': 'Dagen per opname.',
  'Days per admission over the regions.': 'Dagen per opname over de regio’s.',
  'Days per admission over the regions; null without any.':
    'Dagen per opname over de regio’s; null als er geen zijn.',
  'In the region with the fewest.': 'In de regio met de minste.',
  'In the region with the most.': 'In de regio met de meeste.',
  'Between them.': 'Daartussen.',
  'Covered handover days per admission; regions with few left out.':
    'Betaalde dagen warme overdracht per opname; regio’s met weinig opnamen weggelaten.',
  'One region.': 'Eén regio.',
  'Care office.': 'Zorgkantoor.',
  'Care office; null: unknown.': 'Zorgkantoor; null: onbekend.',
  'Admissions in the period.': 'Opnamen in de periode.',
  'By region.': 'Naar regio.',
  'How far regions lie apart.': 'Hoe ver regio’s uiteenliggen.',
  'Clients.': 'Cliënten.',
  'By day.': 'Naar dag.',
  'By who pays: a law, joint, or nobody although it is needed.':
    'Naar wie betaalt: een wet, gezamenlijk (joint), of niemand (nobody) hoewel het nodig is.',
  'Who pays case management around the first admission of the period, all admitted clients laid over each other.':
    'Wie casemanagement betaalt rond de eerste opname van de periode, alle opgenomen cliënten over elkaar gelegd.',
  'Days after the admission.': 'Dagen na de opname.',
  'From -90 to 90.': 'Van -90 tot en met 90.',
  'What is told.': 'Wat er verteld wordt.',
  'Care office, or all.': 'Zorgkantoor, of all.',
  'Care office; all: all together; null: none was known.':
    'Zorgkantoor; all: allemaal samen; null: er was geen bekend.',
  'From 0 to 1.': 'Van 0 tot 1.',
  'How long people waited and how old they were; rows of few are left out.':
    'Hoe lang mensen wachtten en hoe oud zij waren; regels van weinigen zijn weggelaten.',
  'One wait; who still waits counts for as long as was seen (Kaplan-Meier).':
    'Eén wachttijd; wie nog wacht telt mee zo lang het gezien is (Kaplan-Meier).',
  'From what on.': 'Vanaf wat.',
  'Until what.': 'Tot wat.',
  'Waits that came to what was waited for.': 'Wachttijden die uitkwamen op waar op gewacht werd.',
  'Waits that go on.': 'Wachttijden die doorlopen.',
  'Waits that ended without it.': 'Wachttijden die zonder dat eindigden.',
  'Half of all waits are over by this day.': 'De helft van de wachttijden is op deze dag voorbij.',
  'Half of all waits are over by this day; null: cannot be told.':
    'De helft van de wachttijden is op deze dag voorbij; null: niet te zeggen.',
  'Nine of ten waits are over by this day.': 'Negen van de tien wachttijden zijn op deze dag voorbij.',
  'Nine of ten waits are over by this day; null: cannot be told.':
    'Negen van de tien wachttijden zijn op deze dag voorbij; null: niet te zeggen.',
  'The share that waits longer than the norm; null: cannot be told.':
    'Het deel dat langer wacht dan de norm; null: niet te zeggen.',
  'The norm in days.': 'De norm in dagen.',
  'The norm in days; null: there is none.': 'De norm in dagen; null: er is er geen.',
  'How long people waited.': 'Hoe lang mensen wachtten.',
  'One age.': 'Eén leeftijd.',
  'Times of which no year of birth is known.': 'Keren waarvan geen geboortejaar bekend is.',
  'Times of which it is known.': 'Keren waarvan het bekend is.',
  'Half are at most so old.': 'De helft is hoogstens zo oud.',
  'Half are at most so old; null: cannot be told.': 'De helft is hoogstens zo oud; null: niet te zeggen.',
  'Nine of ten are at most so old.': 'Negen van de tien zijn hoogstens zo oud.',
  'Nine of ten are at most so old; null: cannot be told.':
    'Negen van de tien zijn hoogstens zo oud; null: niet te zeggen.',
  'How old people were.': 'Hoe oud mensen waren.',
  'One share.': 'Eén aandeel.',
  'How often it was so.': 'Hoe vaak het zo was.',
  'Of so many times that it could have been.': 'Van zoveel keren dat het zo had kunnen zijn.',
  'How often something was so.': 'Hoe vaak iets zo was.',
  'Cents saved, of what was recorded.': 'Bespaarde centen, van wat geregistreerd is.',
  'Cents saved, of what was agreed and not recorded.':
    'Bespaarde centen, van wat afgesproken en niet geregistreerd is.',
  'Cents saved, of what is assumed: the middle estimate.':
    'Bespaarde centen, van wat aangenomen is: de middelste schatting.',
  'A service of which care offices pay fewer days.': 'Een dienst waarvan zorgkantoren minder dagen betalen.',
  'Fewer days of care offices.': 'Minder dagen van zorgkantoren.',
  'What the Wlz saves, with what is left as freed places are taken.':
    'Wat de Wlz bespaart, met wat er overblijft als vrijgekomen plaatsen weer bezet raken.',
  'Distinct clients with such a day.': 'Verschillende cliënten met zo’n dag.',
  'Three estimates.': 'Drie schattingen.',
  'The lowest estimate.': 'De laagste schatting.',
  'The middle estimate.': 'De middelste schatting.',
  'The highest estimate.': 'De hoogste schatting.',
  'How many avoided days of residence pay for one run of a window: cents, and days.':
    'Hoeveel vermeden verblijfsdagen één venster betalen: centen, en dagen.',
  'The window.': 'Het venster.',
  'Cents that a day of residence costs.': 'Centen die een verblijfsdag kost.',
  'When the next on the list takes the place.': 'Als de volgende op de lijst de plaats inneemt.',
  'Of the freed places that are taken.': 'Van de vrijgekomen plaatsen die worden ingenomen.',
  'Days that then pay for a run.': 'Dagen die dan een venster betalen.',
  'Days that then pay for a run; null: nothing is saved.':
    'Dagen die dan een venster betalen; null: er wordt niets bespaard.',
  'By the share of freed places that are taken.':
    'Naar het deel van de vrijgekomen plaatsen dat wordt ingenomen.',
  'People with such a window.': 'Mensen met zo’n venster.',
  'People with such a window; null where they are too few.':
    'Mensen met zo’n venster; null waar het er te weinig zijn.',
  'Windows that opened; null where they are too few.':
    'Vensters die opengingen; null waar het er te weinig zijn.',
  'What the alternative comes to at one value.': 'Waar het alternatief op één waarde op neerkomt.',
  'The value.': 'De waarde.',
  'Days under the Wmo.': 'Dagen onder de Wmo.',
  'Days under the Zvw.': 'Dagen onder de Zvw.',
  'Days under the Wlz.': 'Dagen onder de Wlz.',
  'Days paid from a pool.': 'Dagen uit een gezamenlijk budget.',
  'Days of payers, under any law or none.': 'Dagen van betalers, onder enige wet of geen.',
  'Days of payers.': 'Dagen van betalers.',
  'Needed days on which nobody pays.': 'Dagen waarop zorg nodig is en niemand betaalt.',
  'Days of which the rule set has a price.': 'Dagen waarvan de regelset een prijs heeft.',
  'For whom a day is paid otherwise than at the value before; rounded to tens under k10.':
    'Voor wie een dag anders betaald wordt dan op de waarde ervoor; onder k10 afgerond op tientallen.',
  'What one more week or unit adds.': 'Wat een week of eenheid meer toevoegt.',
  'What one more week or unit adds; null at the first value.':
    'Wat een week of eenheid meer toevoegt; null op de eerste waarde.',
  'The alternative at several values of a parameter.': 'Het alternatief op meer waarden van een parameter.',
  'Its unit.': 'De eenheid ervan.',
  'histogram: all values out of one pass; footprint: each value by itself, for whom it matters.':
    'histogram: alle waarden in één keer; footprint: elke waarde apart, voor wie het uitmaakt.',
  'What a marginal figure is per.': 'Waar een marginaal cijfer per is.',
  'One value, or several whose steps involve too few clients.':
    'Eén waarde, of meer waarvan de stappen te weinig cliënten raken.',
  'The values that it stands for.': 'De waarden waar het voor staat.',
  'At the last of its values; null where too few are involved.':
    'Op de laatste van de waarden; null waar het te weinig cliënten raakt.',
  'By value.': 'Naar waarde.',
  'From this value on hardly anything is added.': 'Vanaf deze waarde komt er nauwelijks iets bij.',
  'From this value on hardly anything is added; null: steep to the end, flat all along, or it cannot be told.':
    'Vanaf deze waarde komt er nauwelijks iets bij; null: steil tot het einde, overal vlak, of niet te zeggen.',
  'Whether each value has figures of its own; else a null flattensAt says nothing.':
    'Of elke waarde eigen cijfers heeft; anders zegt null bij flattensAt niets.',
  'The rule.': 'De regel.',
  'Rules that pay no day at all.': 'Regels die geen enkele dag betalen.',
  'Rules that were never hit.': 'Regels die nooit geraakt werden.',
  'What became of one window.': 'Wat er van één venster werd.',
  'In the order of the rule sets.': 'In de volgorde van de regelsets.',
  'Of windows whose use and prices the rule set tells.':
    'Van vensters waarvan de regelset gebruik en prijzen noemt.',
  'The alternative at several values; null when nothing was varied.':
    'Het alternatief op meer waarden; null als er niets gevarieerd werd.',
  'A sentence.': 'Een zin.',
  'What the answer does not know.': 'Wat het antwoord niet weet.',
  'Read the journeys of clients for whom anything differs':
    'Lees de reizen van cliënten voor wie er iets verschilt',
  'Per pseudonymous client both timelines and the difference. A pseudonym is of this replay only. Under k10 days count from the first that differs, funders are kinds of organisation and providers are left out.':
    'Per gepseudonimiseerde cliënt beide tijdlijnen en het verschil. Een pseudoniem is alleen van deze doorrekening. Onder k10 tellen dagen vanaf de eerste die verschilt, zijn financiers soorten organisaties en blijven zorgaanbieders weg.',
  'After the client with this pseudonym.': 'Na de cliënt met dit pseudoniem.',
  'Read why the alternative of this replay comes to something else than that of another':
    'Lees waardoor het alternatief van deze doorrekening op iets anders uitkomt dan dat van een andere',
  'Split to the cent into what became known, other rules and other prices, let in one after the other in that order. Both replays are of the same days and people.':
    'Tot op de cent gesplitst in wat bekend werd, andere regels en andere prijzen, in die volgorde na elkaar toegelaten. Beide doorrekeningen gaan over dezelfde dagen en mensen.',
  'The id of the replay to compare with.': 'De id van de doorrekening om mee te vergelijken.',
  'The id of the replay compared with.': 'De id van de doorrekening waarmee vergeleken is.',
  'What the alternatives of two replays differ by, and because of what.':
    'Wat de alternatieven van twee doorrekeningen verschillen, en waardoor.',
  'In parts that add up to the cent; null where too few clients are in it.':
    'In delen die tot op de cent optellen; null waar er te weinig cliënten in zitten.',
  'The difference in parts that add up to the cent.': 'Het verschil in delen die tot op de cent optellen.',
  'The first day, inclusive: a date, or days after the first that differs; null: not told.':
    'De eerste dag: een datum, of dagen na de eerste die verschilt.',
  'The last day, inclusive, in the same way; null: no end known, or not told.':
    'De laatste dag, tot en met, op dezelfde manier; null: geen einde bekend.',
  'The last day, inclusive.': 'De laatste dag, tot en met.',
  'Who pays; under k10 the kind of organisation.': 'Wie betaalt; onder k10 de soort organisatie.',
  'Days on which one funder pays one service.': 'Dagen waarop één financier één soort zorg betaalt.',
  'The law it is paid under.': 'De wet waaronder betaald wordt.',
  'The law it is paid under; null for a pool.':
    'De wet waaronder betaald wordt; null bij een gezamenlijk budget.',
  'The rule that pays.': 'De regel die betaalt.',
  'AGB code.': 'AGB-code.',
  'AGB code; null: unknown, or left out under k10.': 'AGB-code; null: onbekend, of weggelaten onder k10.',
  'One payer.': 'Eén betaler.',
  'Who pays; empty: nobody.': 'Wie betaalt; leeg: niemand.',
  'A client for whom anything differs.': 'Een cliënt voor wie er iets verschilt.',
  'Of this replay only.': 'Alleen van deze doorrekening.',
  'dates: of the calendar; relative: counted from the first day that differs.':
    'dates: van de kalender; relative: geteld vanaf de eerste dag die verschilt.',
  'Under the baseline.': 'Onder het uitgangspunt.',
  'Under the alternative.': 'Onder het alternatief.',
  'A page of clients.': 'Een bladzijde met cliënten.',
  'By pseudonym.': 'Op pseudoniem.',
  'The after of the next page.': 'De after van de volgende bladzijde.',
};
