/** What CAP carries as ISUP codes it: 3GPP TS 29.078 §5.1 names the parameters, ITU-T Q.763 §3 codes them. */
export * from '../isup/cause.ts';
export * from '../isup/number.ts';
export * from '../isup/redirection-information.ts';
export * from './time-and-timezone.ts';
