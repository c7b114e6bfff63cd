/** Sentences about the feeds of changes. English to Dutch. */
export const changesInDutch: Record<string, string> = {
  'The place of the entry in the feed: its position, and what only this organisation can send back.':
    'De plaats van de melding in de reeks: de positie, en wat alleen deze organisatie terug kan sturen.',
  'One row that an event made different.': 'Eén regel die door een gebeurtenis anders werd.',
  'Where the event lies in the log.': 'Waar de gebeurtenis in het logboek ligt.',
  'The event that caused it, or the switch of the rule set.':
    'De gebeurtenis waardoor het kwam, of de overgang op een andere regelset.',
  'Changed when service, kind, rule and first day stay; else one row is withdrawn and another added.':
    'Gewijzigd (changed) als zorg, aard, regel en eerste dag blijven; anders vervalt een regel en komt er een andere bij.',
  'The row before; null when it is new, or was another provider’s.':
    'De regel ervoor; null als hij nieuw is, of van een andere zorgaanbieder was.',
  'The row after; null when it is gone, or became another provider’s.':
    'De regel erna; null als hij vervallen is, of naar een andere zorgaanbieder ging.',
  'A page of a feed of changes.': 'Een bladzijde van een reeks wijzigingen.',
  'Up to where events have been taken in.': 'Tot waar gebeurtenissen verwerkt zijn.',
  'In order of the log.': 'In volgorde van het logboek.',
  'To be sent as after for what comes next; that of the last entry.':
    'Mee te sturen als after voor wat erna komt; die van de laatste melding.',
  'Each entry as an event: id is its cursor, data the entry. A comment every 15 seconds.':
    'Elke melding als gebeurtenis: id is de cursor, data de melding. Elke 15 seconden een commentaarregel.',
  'An entry for each row that an event made different, in order of the log, each with a cursor that stays the same until the alias key is changed; what was read last is sent as after. At least once: take no notice of a cursor that is known. With Accept: text/event-stream the same entries come as they are made, from after the Last-Event-ID. Another rule set in force begins another feed, whose first entries are what the switch changed.':
    'Een melding voor elke regel die door een gebeurtenis anders werd, in volgorde van het logboek, elk met een cursor die gelijk blijft tot de aliassleutel wordt vervangen; wat het laatst gelezen is wordt als after meegestuurd. Minstens één keer: een bekende cursor kan worden overgeslagen. Met Accept: text/event-stream komen dezelfde meldingen zodra ze er zijn, vanaf na de Last-Event-ID. Een andere regelset begint een andere reeks, die opent met wat de overgang veranderde.',
  'Read or follow what changed in what a funder pays':
    'Lees of volg wat er verandert in wat een financier betaalt',
  'Read or follow what changed in who pays a provider':
    'Lees of volg wat er verandert in wie een zorgaanbieder betaalt',
  'A page of entries; Link leads to the next while there is one.':
    'Een bladzijde met meldingen; Link wijst naar de volgende zolang die er is.',
  'After the entry with this cursor; left out: from the first.':
    'Na de melding met deze cursor; weggelaten: vanaf de eerste.',
  'At most so many entries on a page; 100 when left out. A stream takes no notice of it.':
    'Ten hoogste zoveel meldingen op een bladzijde; 100 indien weggelaten. Voor een stroom telt het niet.',
};
