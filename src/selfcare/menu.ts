/**
 * The one definition of what a subscriber can say: the USSD menu is this tree, and the keywords of short messages are those of its
 * leaves. Words are in the text files; the order here is the digits of the menu, which direct strings (`*nnn*3*1#`) have too.
 */
import type { Channel, QuietHours, ReturnPrivacy } from '../types/model/preferences.ts';
import type { ArgumentKind, SelfCareCommand } from '../types/model/self-care.ts';

export type ItemId = Exclude<SelfCareCommand['kind'], 'not-understood' | 'incomplete' | 'confirm'>;
export type GroupId = 'services' | 'callers' | 'privacy' | 'settings';

export interface MenuItem {
  readonly id: ItemId;
  readonly argument?: ArgumentKind;
  /** It closes something, accuses somebody, or says who somebody is: never guessed at, and asked for twice in a menu. */
  readonly weighty?: true;
  /** The argument may be left out: a menu does not ask for it. */
  readonly optional?: true;
}

export interface MenuGroup {
  readonly id: GroupId;
  readonly items: readonly MenuItem[];
}

// biome-ignore format: an item a line
export const menu: readonly (MenuItem | MenuGroup)[] = [
  { id: 'list-missed' },
  { id: 'notify-of', argument: 'number' },
  { id: 'services', items: [
    { id: 'open-missed-calls' },
    { id: 'close-missed-calls', weighty: true },
    { id: 'open-notify-me' },
    { id: 'close-notify-me', weighty: true },
    { id: 'stop', weighty: true },
  ]},
  { id: 'set-quiet-hours', argument: 'hours' },
  { id: 'callers', items: [
    { id: 'block-caller', argument: 'number' },
    { id: 'allow-caller', argument: 'number' },
    { id: 'only-caller', argument: 'number' },
    { id: 'all-callers' },
    { id: 'show-lists' },
  ]},
  { id: 'privacy', items: [
    { id: 'set-privacy', argument: 'privacy' },
    { id: 'may-know', argument: 'number' },
    { id: 'may-not-know', argument: 'number' },
    { id: 'show-number', argument: 'number', optional: true, weighty: true },
  ]},
  { id: 'settings', items: [
    { id: 'status' },
    { id: 'set-language', argument: 'language' },
    { id: 'set-channels', argument: 'channels' },
    { id: 'help' },
  ]},
  { id: 'report-fraud', argument: 'number', weighty: true },
];

export const menuItems: readonly MenuItem[] = menu.flatMap((entry) =>
  'items' in entry ? entry.items : [entry],
);

const itemsById = new Map(menuItems.map((item) => [item.id, item]));

export function itemOf(id: ItemId): MenuItem {
  return itemsById.get(id) ?? { id };
}

export type Argument =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'language'; readonly language: string }
  | { readonly kind: 'hours'; readonly hours: QuietHours | 'off' }
  | { readonly kind: 'channels'; readonly channels: readonly Channel[] }
  | { readonly kind: 'privacy'; readonly who: ReturnPrivacy };

/** What an item asks for; without the argument that it needs: that this is missing. */
export function commandOf({ id, argument: needed }: MenuItem, argument?: Argument): SelfCareCommand {
  switch (id) {
    case 'notify-of':
    case 'block-caller':
    case 'allow-caller':
    case 'only-caller':
    case 'may-know':
    case 'may-not-know':
    case 'report-fraud':
      if (argument?.kind === 'number') return { kind: id, number: argument.number };
      break;
    case 'show-number':
      return { kind: id, number: argument?.kind === 'number' ? argument.number : '' };
    case 'set-language':
      if (argument?.kind === 'language') return { kind: id, language: argument.language };
      break;
    case 'set-quiet-hours':
      if (argument?.kind === 'hours') return { kind: id, hours: argument.hours };
      break;
    case 'set-channels':
      if (argument?.kind === 'channels') return { kind: id, channels: argument.channels };
      break;
    case 'set-privacy':
      if (argument?.kind === 'privacy') return { kind: id, who: argument.who };
      break;
    default:
      return { kind: id };
  }
  return { kind: 'incomplete', argument: needed ?? 'number' };
}
