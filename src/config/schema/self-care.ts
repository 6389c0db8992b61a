import { boolean, integer, list, optionalText, section, textElement } from '../keys.ts';
import { filePath, serviceNumber, ussdCode } from '../rules.ts';

export const selfCare = section('What subscribers can say: keywords by short message, a menu by USSD.', {
  serviceNumbers: list(
    'Numbers that subscribers send short messages to, as they dial them; the MSC has to send what is for our service centre to us. None: nothing is taken by short message.',
    textElement(serviceNumber),
    { allowed: 'a list of numbers of 2 … 15 digits', atMost: 20, example: ['4321'] },
  ),
  ussdCode: optionalText(
    'What subscribers dial for the menu, without its #; left out: there is none.',
    ussdCode,
    '*123',
  ),
  textFiles: list(
    'Keywords, menus and answers, one file for each language; the first is for everybody whose language is not there. None: those that come with Callwake.',
    textElement(filePath),
    { allowed: 'a list of paths', atMost: 100, example: ['texts/self-care-en.txt'] },
  ),
  strangersMayOpen: boolean(
    'Whether who is no subscriber yet becomes one by asking for a service; if not, only who was provisioned may.',
    true,
  ),
  answersPerHour: integer(
    'Short messages of one number in an hour that are answered; further ones, as from a machine, are taken and not answered.',
    { from: 1, to: 1_000, default: 30 },
  ),
  sameTextPerHour: integer('Of these, those with the same text.', { from: 1, to: 100, default: 4 }),
  ussdAnswerMs: integer('How long a subscriber may take to answer a page of the menu.', {
    from: 5_000,
    to: 600_000,
    default: 60_000,
  }),
  ussdSessionsMax: integer('Menus open at once; who comes beyond is refused.', {
    from: 1,
    to: 100_000,
    default: 2_000,
  }),
});
