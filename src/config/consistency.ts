/**
 * What keys must be to one another. Looked at in the file as it is written, not in what the schema made of it, so that
 * these are said together with everything else that is wrong; values of the wrong kind are left to the schema.
 */
import { answerInconsistencies } from './answerable.ts';
import { channelInconsistencies } from './channels.ts';
import type { Inconsistency } from './inconsistency.ts';
import { pathText } from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;

export function inconsistencies(
  raw: unknown,
  defaultOf: (path: readonly string[]) => unknown,
): Inconsistency[] {
  const root = fields(raw);
  const found: Inconsistency[] = channelInconsistencies(fields(root['channels']));
  const signalling = fields(root['signalling']);
  const associations = elements(signalling['associations']);

  const servers = names(
    signalling['applicationServers'] ?? defaultOf(['signalling', 'applicationServers']),
    'name',
  );
  unique(found, ['signalling', 'applicationServers'], servers);
  unique(found, ['signalling', 'associations'], names(associations, 'name'));
  elements(signalling['applicationServers']).forEach((server, index, all) => {
    if (all.length > 1 && fields(server)['routingContext'] === undefined)
      found.push({
        path: ['signalling', 'applicationServers', index, 'routingContext'],
        message: 'is missing, and there are several application servers',
        allowed: 'a routing context of its own for each',
      });
  });
  unique(found, ['serviceClasses'], names(root['serviceClasses'], 'name'));
  found.push(
    ...answerInconsistencies(
      elements(root['serviceClasses']).map(fields),
      elements(fields(root['selfCare'])['serviceNumbers']),
      fields(root['notices'])['originatingAddress'] ?? defaultOf(['notices', 'originatingAddress']),
      fields(root['notices'])['withheld'],
    ),
  );
  const gateways = new Set<unknown>();
  const ownPointCodes = new Map(
    elements(signalling['applicationServers']).map((server) => [
      fields(server)['name'],
      elements(fields(server)['pointCodes']).length > 0,
    ]),
  );
  const routingContexts = new Map(
    elements(signalling['applicationServers']).map((server) => [
      fields(server)['name'],
      fields(server)['routingContext'],
    ]),
  );
  const firstIpsp = associations.map(fields).find((one) => one['role'] === 'ipsp');
  const ipspExchange = scalar(firstIpsp?.['exchange'] ?? 'single');
  let listens = false;
  associations.forEach((association, index) => {
    const path = ['signalling', 'associations', index];
    const one = fields(association);
    if (one !== association) return;
    const remote = fields(one['remote']);
    if (one['role'] === 'sgp') {
      for (const key of ['remote', 'signallingGateway', 'standby'])
        if (one[key] !== undefined)
          found.push({
            path: [...path, key],
            message: 'does not go with the role sgp',
            allowed: 'only with the role asp',
          });
      const served = elements(one['applicationServers']);
      if (served.length === 0 || served.some((server) => ownPointCodes.get(server) === false))
        found.push({
          path: [...path, 'applicationServers'],
          message: 'must name what is served here, with point codes of its own',
          allowed: 'names of application servers that have pointCodes',
        });
    } else if (one['role'] === 'ipsp') {
      for (const key of ['signallingGateway', 'standby'])
        if (one[key] !== undefined)
          found.push({
            path: [...path, key],
            message: 'does not go with the role ipsp',
            allowed: 'only with the role asp',
          });
      const theirs = elements(one['peerApplicationServers']);
      if (theirs.length === 0 || theirs.some((server) => ownPointCodes.get(server) === false))
        found.push({
          path: [...path, 'peerApplicationServers'],
          message: 'must name what the peer serves, with point codes of its own',
          allowed: 'names of application servers that have pointCodes',
        });
      const context = (server: unknown): unknown => routingContexts.get(server);
      const ours = servers.filter((server) => !theirs.includes(server)).map(context);
      if (ipspExchange === 'single' && theirs.some((server) => !ours.includes(context(server))))
        found.push({
          path: [...path, 'peerApplicationServers'],
          message: 'has a routing context that none of ours has, as single exchange needs it',
          allowed: 'names of application servers with the routing contexts of ours; else exchange: double',
        });
      const exchange = one['exchange'] ?? 'single';
      if (exchange !== ipspExchange)
        found.push({
          path: [...path, 'exchange'],
          message: 'is not that of the other associations with the role ipsp',
          allowed: ipspExchange,
        });
      if (remote['host'] === undefined && listens)
        found.push({
          path: [...path, 'remote', 'host'],
          message: 'is missing, and another association with the role ipsp listens already',
          allowed: 'the address of the peer',
        });
      listens ||= remote['host'] === undefined;
    } else {
      gateways.add(one['signallingGateway'] ?? one['name']);
      if (remote['host'] === undefined)
        found.push({
          path: [...path, 'remote', 'host'],
          message: 'is missing',
          allowed: 'the address of the signalling gateway',
        });
    }
    for (const key of ['applicationServers', 'peerApplicationServers'])
      elements(one[key]).forEach((name, at) => {
        known(found, [...path, key, at], name, new Set(servers), 'application server');
      });
  });
  elements(signalling['routes']).forEach((route, index) => {
    elements(fields(route)['via']).forEach((via, at) => {
      const path = ['signalling', 'routes', index, 'via', at, 'signallingGateway'];
      known(found, path, fields(via)['signallingGateway'], gateways, 'signalling gateway');
    });
  });

  const patterns = new Map<string, string>();
  const own = elements(fields(root['sccp'])['ownGlobalTitles']).map((title) => fields(title)['digits']);
  for (const digits of [
    fields(root['map'])['serviceCentreNumber'],
    fields(root['map'])['gsmScfNumber'],
    ...own,
  ])
    patterns.set(`${scalar(digits).replace(/^\+/, '')} any any any any`, 'our own number');
  elements(fields(root['sccp'])['translations']).forEach((translation, index) => {
    const path = ['sccp', 'translations', index, 'digits'];
    const one = fields(translation);
    const { digits } = one;
    const selectors = [
      one['globalTitleIndicator'],
      one['translationType'],
      one['numberingPlan'],
      one['natureOfAddress'],
    ].map((field) => scalar(field ?? 'any'));
    const key = [scalar(digits), ...selectors].join(' ');
    const before = patterns.get(key);
    if (before !== undefined && digits !== undefined)
      found.push({ path, message: `${scalar(digits)} is that of ${before}`, allowed: 'each pattern once' });
    else patterns.set(key, pathText(path.slice(0, -1)));
    elements(one['targets']).forEach((target, at) => {
      translationTarget(found, ['sccp', 'translations', index, 'targets', at], fields(target));
    });
  });

  const series = new Map<string, string>();
  elements(fields(root['subscribers'])['series']).forEach((one, index) => {
    const path = ['subscribers', 'series', index, 'prefix'];
    const prefix = scalar(fields(one)['prefix']).replace(/^\+/, '');
    const before = series.get(prefix);
    if (before !== undefined && prefix !== '')
      found.push({ path, message: `${prefix} is that of ${before}`, allowed: 'each prefix once' });
    else series.set(prefix, pathText(path.slice(0, -1)));
  });

  const ascending = (section: readonly string[], ...keys: readonly string[]): void => {
    const values = keys.map((key) => {
      const written = section.reduce<unknown>((value, step) => fields(value)[step], raw);
      return fields(written)[key] ?? defaultOf([...section, key]);
    });
    for (let at = 1; at < keys.length; at++) {
      const [less, more] = [values[at - 1], values[at]];
      if (typeof less === 'number' && typeof more === 'number' && less > more)
        found.push({
          path: [...section, keys[at] ?? ''],
          message: `${more} is below ${pathText([...section, keys[at - 1] ?? ''])}, which is ${less}`,
          allowed: `${less} or more`,
        });
    }
  };
  ascending(['signalling', 'times'], 'reconnectMinMs', 'reconnectMaxMs');
  ascending(['signalling', 'sctp'], 'rtoMinMs', 'rtoInitialMs', 'rtoMaxMs');
  ascending(['sccp'], 'statusTestMinMs', 'statusTestMaxMs');
  ascending(['map'], 'operationShortMs', 'operationMediumMs', 'operationLongMs');
  ascending(['delivery'], 'callersPerNotice', 'callersMax');
  return found;
}

const TITLE_CHANGES = [
  'strip',
  'prefix',
  'replacement',
  'globalTitleIndicator',
  'translationType',
  'numberingPlan',
  'natureOfAddress',
];

function translationTarget(found: Inconsistency[], path: readonly PropertyKey[], target: Fields): void {
  const changed = TITLE_CHANGES.filter(
    (key) => target[key] !== undefined && (key !== 'strip' || target[key] !== 0),
  );
  if (target['pointCode'] === undefined && target['routing'] !== 'ssn' && changed.length === 0)
    found.push({
      path: [...path, 'pointCode'],
      message: 'is missing, and neither is the message for here nor has it a new title',
      allowed: 'a point code, routing ssn, or a key that changes the title',
    });
  const [other] = changed.filter((key) => key === 'strip' || key === 'prefix');
  if (target['replacement'] !== undefined && other !== undefined)
    found.push({
      path: [...path, other],
      message: 'does not go with replacement, which stands in for all digits',
      allowed: 'one or the other',
    });
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function names(list: unknown, key: string): readonly unknown[] {
  return elements(list).map((one) => fields(one)[key]);
}

function unique(found: Inconsistency[], path: readonly PropertyKey[], values: readonly unknown[]): void {
  values.forEach((value, index) => {
    const first = values.indexOf(value);
    if (typeof value === 'string' && first < index)
      found.push({
        path: [...path, index, 'name'],
        message: `${value} is the name of ${pathText([...path, first])} too`,
        allowed: 'a name of its own for each',
      });
  });
}

function known(
  found: Inconsistency[],
  path: readonly PropertyKey[],
  value: unknown,
  values: ReadonlySet<unknown>,
  what: string,
): void {
  if (typeof value !== 'string' || values.has(value)) return;
  const there = [...values].filter((name) => typeof name === 'string').join(', ');
  found.push({
    path,
    message: `there is no ${what} ${value}`,
    allowed: there === '' ? `none, as there is no ${what}` : there,
  });
}
