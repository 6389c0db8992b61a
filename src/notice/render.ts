import assert from 'node:assert/strict';
import { addressOf, internationalAddress, type SmsAddress } from '../stack/sms/address.ts';
import { encodeSmsDeliver } from '../stack/sms/sms-deliver.ts';
import { type SplitText, splitText } from '../stack/sms/split.ts';
import { timeStampOctets } from '../stack/sms/time-stamp.ts';
import type { Notice } from '../types/model/notice.ts';
import { isShortNumber } from '../types/short-number.ts';
import { compose, joined, type RenderFallback, shortened } from './compose.ts';
import type { ChannelMessages } from './render-channel.ts';
import type { TemplateFile } from './templates.ts';
import { transliterate } from './transliterate.ts';
import type { NoticeText } from './write-text.ts';
import type { Zones } from './zones.ts';

export interface RenderedNotice {
  readonly text: string;
  /** SMS-DELIVER TPDUs (3GPP TS 23.040 §9.2.2.1), in order; one at least. */
  readonly parts: readonly Uint8Array[];
  readonly fallbacks: readonly RenderFallback[];
  /** Of a notice that goes by another channel, which has no parts. */
  readonly messages?: ChannelMessages;
}

export interface RenderOptions {
  /** TP-OA of notices that name no originator of their own. */
  readonly originatingAddress: SmsAddress;
  readonly zones: Zones;
}

/**
 * Renders a notice to text and to TPDUs. Pure: the same notice, templates and options give the same octets. TP-SCTS is the
 * time of the notice's creation in the subscriber's zone; an unknown zone is UTC. `templates` holds one file at least.
 */
export function renderNotice(
  notice: Notice,
  templates: readonly TemplateFile[],
  options: RenderOptions,
): RenderedNotice {
  const { set, writer, offsetMs, fallbacks } = compose(notice, templates, options.zones);
  const fit = (written: NoticeText): { readonly text: string; readonly split: SplitText } | undefined => {
    const whole = joined(written);
    const text = set.transliterate ? (transliterate(whole) ?? whole) : whole;
    const split = splitText(text, notice.reference);
    return split.ok ? { text, split: split.value } : undefined;
  };
  let fitted = fit(writer.write(notice.content));
  if (fitted === undefined) {
    fallbacks.push('too-long');
    fitted = shortened(writer, notice, fit);
  }
  assert(fitted !== undefined, 'a notice without lines fits');
  const originatingAddress = originatorOf(notice) ?? options.originatingAddress;
  if (notice.originator !== undefined && originatingAddress === options.originatingAddress)
    fallbacks.push('originator');
  const { dataCodingScheme, parts } = fitted.split;
  const serviceCentreTimeStamp = timeStampOctets(notice.createdAtMs, offsetMs);
  return {
    text: fitted.text,
    parts: parts.map((userData, index) =>
      encodeSmsDeliver({
        kind: 'SMS-DELIVER',
        moreMessagesToSend: index + 1 < parts.length,
        loopPrevention: false,
        statusReportIndication: false,
        replyPath: false,
        originatingAddress,
        protocolIdentifier: 0,
        dataCodingScheme,
        serviceCentreTimeStamp,
        userData,
      }),
    ),
    fallbacks,
  };
}

/** N4: an international number, or a short one, so that the phone shows the name that it knows; undefined when the notice has none that an address can hold. */
function originatorOf({ originator }: Notice): SmsAddress | undefined {
  if (originator === undefined || !/^\d{3,15}$/.test(originator)) return undefined;
  if (!isShortNumber(originator)) return internationalAddress(originator);
  const address = addressOf(originator);
  return address.ok ? address.value : undefined;
}
