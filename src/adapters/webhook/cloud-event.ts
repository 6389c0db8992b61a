/** A notice as an event of CloudEvents 1.0, and how HTTP carries one: whole in the body, or its attributes as headers. */
import type { WebhookEvent } from '../../types/model/channel-message.ts';

export type ContentMode = 'structured' | 'binary';

export interface Carried {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function carriedEvent(event: WebhookEvent, source: string, mode: ContentMode): Carried {
  const attributes = {
    specversion: '1.0',
    id: event.id,
    source,
    type: `callwake.notice.${event.kind}`,
    subject: event.subject,
    time: new Date(event.writtenAtMs).toISOString(),
    ...(event.replaces === undefined ? {} : { replaces: event.replaces }),
  };
  if (mode === 'structured') {
    const whole = { ...attributes, datacontenttype: 'application/json', data: event.data };
    return {
      headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
      body: Buffer.from(JSON.stringify(whole)),
    };
  }
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(attributes)) headers[`ce-${name}`] = headerValue(value);
  return { headers, body: Buffer.from(JSON.stringify(event.data)) };
}

/** HTTP binding of CloudEvents 1.0, §3.1.3.2: blank, quote, percent and all that is not printable ASCII. */
function headerValue(text: string): string {
  return text.replace(/[^!#$&-~]/gu, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&'),
  );
}
