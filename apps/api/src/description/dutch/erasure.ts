/** Sentences about erasing. English to Dutch. */
export const erasureInDutch: Record<string, string> = {
  'Erase a client, or a carer of one, for good':
    'Wis een cliënt, of een mantelzorger van een cliënt, voorgoed',
  'Destroys the key under which personal fields lie. From then on nothing of the client is answered at any moment of knowledge, and events about the client are refused. There is no way back.':
    'Vernietigt de sleutel waaronder de persoonsgegevens liggen. Vanaf dan wordt over de cliënt niets meer geantwoord, voor geen enkel moment van kennis, en gebeurtenissen over de cliënt worden geweigerd. Er is geen weg terug.',
  'Erased, now or before.': 'Gewist, nu of eerder.',
  'Who was erased, and when.': 'Wie er gewist is, en wanneer.',
  'Known when it was so already.': 'Known als dat al zo was.',
  'Where the log is; a read with atLeast this sees nothing of the client any more.':
    'Waar het logboek is; wie leest met atLeast deze positie ziet van de cliënt niets meer.',
  'Events from before there were keys, whose personal fields still stand in the log.':
    'Gebeurtenissen van voordat er sleutels waren, waarvan de persoonsgegevens nog in het logboek staan.',
  'Erase clients and carers for good.': 'Cliënten en mantelzorgers voorgoed wissen.',
  'The day on which it was done.': 'De dag waarop het gebeurde.',
};
