import { section } from '../keys.ts';
import { eMail } from './channels/e-mail.ts';
import { inbox } from './channels/inbox.ts';
import { webPush } from './channels/web-push.ts';
import { webhook } from './channels/webhook.ts';

export const channels = section(
  'What notices go out by beside the short message; all are off until they are set up.',
  {
    eMail,
    webhook,
    webPush,
    inbox,
  },
);
