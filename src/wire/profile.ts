/** Profiles (proto/profile.proto). */
import type { Profile } from '../types/model/profile.ts';
import type { Result } from '../types/result.ts';
import { decodeWith, encodeWith, laterFieldsOf, unknownsOf } from './codec.ts';
import { notifyMeChoices } from './enums.ts';
import { callwake } from './generated/messages.js';
import { preferencesFromWire, preferencesToWire } from './preferences.ts';

export function encodeProfile(profile: Profile): Uint8Array {
  return encodeWith(callwake.Profile, profileToWire(profile));
}

export function decodeProfile(octets: Uint8Array): Result<Profile> {
  return decodeWith(callwake.Profile, octets, profileFromWire);
}

export function profileToWire(profile: Profile): callwake.Profile.$Properties {
  return {
    missedCalls: profile.missedCalls,
    notifyMe: notifyMeChoices.toWire(profile.notifyMe),
    language: profile.language,
    timeZone: profile.timeZone,
    ...(profile.preferences === undefined ? {} : { preferences: preferencesToWire(profile.preferences) }),
    ...unknownsOf(profile),
  };
}

export function profileFromWire(profile: callwake.Profile.$Properties): Profile {
  return {
    missedCalls: profile.missedCalls ?? false,
    notifyMe: notifyMeChoices.fromWire(profile.notifyMe, 'Profile.notify_me'),
    language: profile.language ?? '',
    timeZone: profile.timeZone ?? '',
    ...(profile.preferences ? { preferences: preferencesFromWire(profile.preferences) } : {}),
    ...laterFieldsOf(profile),
  };
}
