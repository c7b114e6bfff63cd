/** Sentences about a provider's minutes and about findings. English to Dutch. */
export const providersInDutch: Record<string, string> = {
  'A sum for each of these; left out: one sum of all.':
    'Een som voor elk hiervan; weggelaten: één som van alles.',
  'Minutes of one cell; only the dimensions asked for are there.':
    'Minuten van één cel; alleen de gevraagde indelingen staan erin.',
  'The month, YYYY-MM.': 'De maand, JJJJ-MM.',
  'Why nobody pays them; null for those that are paid or over a cap.':
    'Waarom niemand ze betaalt; null voor wat betaald wordt of boven een maximum valt.',
  'Recorded minutes, added up.': 'Geregistreerde minuten, opgeteld.',
  'In the order of what they are added up by.': 'In volgorde van waarnaar is opgeteld.',
  'By month, service and reason as asked. Minutes of one day that are partly paid stand in two sums when the reason is asked for, so that the sums always add up.':
    'Naar maand, soort zorg en reden, zoals gevraagd. Minuten van één dag die deels betaald worden staan in twee sommen als naar de reden gevraagd is, zodat de sommen altijd kloppen.',
  'Read how many recorded minutes of a provider are paid, over a cap or unpaid':
    'Lees hoeveel geregistreerde minuten van een zorgaanbieder betaald worden, boven een maximum vallen of onbetaald blijven',
  'What contradicts something in what the asker sent.': 'Wat in wat de vrager stuurde iets tegenspreekt.',
  'The asker’s own events that it is about; an auditor sees all.':
    'De eigen gebeurtenissen van de vrager waar het over gaat; een controleur ziet alle.',
  'Whether it is about events of other organisations too.':
    'Of het ook over gebeurtenissen van andere organisaties gaat.',
  'A page of findings.': 'Een bladzijde met signalen.',
  'Only findings with these codes.': 'Alleen signalen met deze codes.',
  'At most so many findings on a page; 100 when left out.':
    'Ten hoogste zoveel signalen op een bladzijde; 100 indien weggelaten.',
  'Nothing was refused for it; a correction or retraction mends it. Of the events of other organisations no more than whether there are any; an auditor sees the findings of all. Each page shows the state at its own position.':
    'Er is niets om geweigerd; een correctie of intrekking herstelt het. Van gebeurtenissen van andere organisaties niet meer dan of die er zijn; een controleur ziet de signalen van allen. Elke bladzijde toont de stand op haar eigen positie.',
  'Read what in one’s own deliveries contradicts something':
    'Lees wat in de eigen aanlevering iets tegenspreekt',
  'A page of findings; Link rel="next" leads to the next.':
    'Een bladzijde met signalen; Link rel="next" wijst naar de volgende.',
  'Read which windows pay a provider today or later, and what they have left':
    'Lees welke vensters een zorgaanbieder vandaag of later betalen, en wat ervan over is',
  'Days that a rule pays beside the table, such as a handover: until when, who pays, and the minutes taken of the cap. Windows that ended before today are not among them. Each page shows the state at its own position.':
    'Dagen die een regel naast de tabel betaalt, zoals een overdracht: tot wanneer, wie betaalt en hoeveel minuten van het maximum zijn gebruikt. Vensters die voor vandaag eindigden staan er niet bij. Elke bladzijde toont de stand op haar eigen positie.',
  'Only windows whose last day lies before this day; left out: of any end.':
    'Alleen vensters waarvan de laatste dag voor deze dag ligt; weggelaten: met elk einde.',
  'Days that one rule pays the provider for.': 'Dagen waarvoor één regel de zorgaanbieder betaalt.',
  'What the window is for.': 'Waar het venster voor is.',
  'The window’s id.': 'De id van het venster.',
  'Days left, counted from today or from a first day still to come.':
    'Dagen die resteren, geteld vanaf vandaag of vanaf een eerste dag die nog komt.',
  'Minutes that the window pays at most; null without a cap.':
    'Minuten die het venster ten hoogste betaalt; null zonder maximum.',
  'Minutes taken of it so far.': 'Minuten die er tot nu toe van zijn gebruikt.',
  'A page of windows.': 'Een bladzijde met vensters.',
  'By client, service and first day.': 'Naar cliënt, soort zorg en eerste dag.',
  'By client.': 'Naar cliënt.',
};
