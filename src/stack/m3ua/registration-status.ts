/** Registration Status and Deregistration Status (RFC 4666 §3.6.2, §3.6.4), by the RFC's words. */
export const REGISTRATION_STATUS = {
  'Successfully Registered': 0,
  Unknown: 1,
  'Invalid DPC': 2,
  'Invalid Network Appearance': 3,
  'Invalid Routing Key': 4,
  'Permission Denied': 5,
  'Cannot Support Unique Routing': 6,
  'Routing Key not Currently Provisioned': 7,
  'Insufficient Resources': 8,
  'Unsupported RK parameter Field': 9,
  'Unsupported/Invalid Traffic Handling Mode': 10,
  'Routing Key Change Refused': 11,
  'Routing Key Already Registered': 12,
} as const;

export const DEREGISTRATION_STATUS = {
  'Successfully Deregistered': 0,
  Unknown: 1,
  'Invalid Routing Context': 2,
  'Permission Denied': 3,
  'Not Registered': 4,
  'ASP Currently Active for Routing Context': 5,
} as const;

export type RegistrationStatusName = keyof typeof REGISTRATION_STATUS;
export type DeregistrationStatusName = keyof typeof DEREGISTRATION_STATUS;

const nameOf =
  <Name extends string>(table: Readonly<Record<Name, number>>) =>
  (status: number): string =>
    (Object.keys(table) as Name[]).find((name) => table[name] === status) ?? `${status}`;

/** The name of a received status; its number when RFC 4666 has none for it. */
export const registrationStatusName = nameOf(REGISTRATION_STATUS);
export const deregistrationStatusName = nameOf(DEREGISTRATION_STATUS);
