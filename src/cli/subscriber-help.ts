/** What `callwake subscriber … --help` teaches. */

export const SUBSCRIBER_HELP = `
Examples:
  callwake subscriber get +4915112345678 --config callwake.yaml
  callwake subscriber set +4915112345678 --missed-calls on --notify-me always --time-zone Europe/Berlin \\
                          --config callwake.yaml
  callwake subscriber open +4915112345678 missed-calls notify-me --config callwake.yaml
  callwake subscriber import subscribers.csv --errors wrong.csv --config callwake.yaml
  callwake subscriber export subscribers.ndjson --config callwake.yaml
  callwake subscriber list --limit 20 --config callwake.yaml

While the engine runs they go to it over its control socket, and what is changed counts from the next call on; else
they work on its data at rest.
`;

export const SET_HELP = `
Each option has its opposite, which takes the field back to the default of the service class: --no-quiet-hours,
--no-channels … Lists are written with commas; numbers may be national or international.

Examples (all with --config callwake.yaml):
  nothing at night, one notice at six in the evening:
    callwake subscriber set +4915112345678 --quiet-hours 22:00-07:00 --digest-at 18:00
  by e-mail, and by SMS where that fails:
    callwake subscriber set +4915112345678 --channels e-mail,sms --e-mail anna@example.org
  never hear of one caller again, and hear of another one after all:
    callwake subscriber set +4915112345678 --block 030123456 --unblock +441632960961
  only two people may know when the phone is on again:
    callwake subscriber set +4915112345678 --privacy listed --allow 01701234567 --allow 01701234568
  a colleague gets the notices, for a while, and then no longer:
    callwake subscriber set +4915112345678 --forward-to +4915112345679
    callwake subscriber set +4915112345678 --no-forward-to
`;

export const IMPORT_HELP = `
CSV has a head line; other columns than number may be left out (callwake subscriber export writes all of them):
  number,missedCalls,notifyMe,language,timeZone,quietHours,callersListed
  4915112345678,on,always,en,Europe/Berlin,22:00-07:00,4930123456 4930123457
An empty cell leaves what is there, - takes it back to the default. Lists have spaces between their entries.

NDJSON has an object a line with the same names, and web push subscriptions, too; null takes back to the default:
  {"number":"4915112345678","missedCalls":true,"quietHours":"22:00-07:00","callersListed":["4930123456"]}

A line that is wrong is named with its number, and the others are taken. Importing a file twice changes nothing. Lines
that begin with # are comments. With --errors FILE each wrong line goes there as it was, under a comment that says what
is wrong with it: put it right, and import that file.
`;

export const EXPORT_HELP = `
The file can be imported again, into this engine or another one. CSV has no column for web push subscriptions: NDJSON
has everything. Only its owner may read the file, and it gets its name when it is whole. Subscribers that change
meanwhile are in it as they were before or after.
`;
