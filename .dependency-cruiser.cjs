/**
 * Dependencies run one way:
 *   cli → adapters → engine → gateway → call, subscriber → rules, selfcare, stack (map, cap → tcap → sccp → m3ua → sctp port) → types
 * and each npm package that does I/O has one home.
 */
const below = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });
const home = (pkg, path) => ({
  name: `${pkg.replace(/\W/g, '-')}-has-one-home`,
  severity: 'error',
  from: { path: '^src', pathNot: path },
  to: { path: `node_modules/${pkg}/` },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'src-never-imports-tests',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'loadtest-is-for-the-command-line',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/cli/(run-)?load\\.ts$' },
      to: { path: '^loadtest/' },
    },
    {
      name: 'loadtest-below-cli',
      severity: 'error',
      from: { path: '^loadtest' },
      to: { path: '^(test|bench|src/cli/(?!duration\\.ts$))' },
    },
    below('types-at-the-bottom', '^src/types', '^src/(?!types)'),
    below('wire-knows-types-only', '^src/wire', '^src/(?!wire|types)'),
    below('stack-knows-stack-only', '^src/stack', '^src/(?!stack|types)'),
    below('asn1-knows-no-protocol', '^src/stack/asn1', '^src/stack/(?!asn1)'),
    below('sctp-port-knows-no-user', '^src/stack/sctp', '^src/stack/(?!sctp)'),
    below('m3ua-below-sccp', '^src/stack/m3ua', '^src/stack/(?!m3ua|sctp)'),
    below('sccp-below-tcap', '^src/stack/sccp', '^src/stack/(?!sccp|m3ua|sctp)'),
    below('tcap-below-map-cap', '^src/stack/tcap', '^src/stack/(?!tcap|sccp|m3ua|sctp|asn1)'),
    below('map-beside-cap', '^src/stack/map', '^src/stack/cap'),
    below('rules-are-pure', '^src/rules', '^src/(?!rules|types)'),
    below('subscriber-is-pure', '^src/subscriber', '^src/(?!subscriber|rules|types|wire)'),
    below('explain-is-pure', '^src/explain', '^src/(?!explain|types)'),
    below('call-is-pure', '^src/call', '^src/(?!call|types|wire)'),
    below('selfcare-is-pure', '^src/selfcare', '^src/(?!selfcare|types)'),
    below('notice-is-pure', '^src/notice', '^src/(?!notice|types|wire|stack/sms)'),
    below('connector-is-pure', '^src/connector', '^src/(?!connector|types)'),
    below('provisioning-is-pure', '^src/provisioning', '^src/(?!provisioning|config|notice|types)'),
    below('gateway-below-engine', '^src/gateway', '^src/(engine|adapters|cli|web|simulator|config)'),
    below('engine-below-adapters', '^src/engine', '^src/(adapters|cli|web|simulator)'),
    below(
      'simulator-below-adapters',
      '^src/simulator',
      '^src/(adapters|cli|web|engine|subscriber|rules|call|gateway)',
    ),
    below('adapters-below-cli', '^src/adapters', '^src/cli'),
    home('lmdb', '^src/adapters/store'),
    home('uWebSockets.js', '^src/adapters/web'),
    home('ws', '^src/adapters/web'),
    home('piscina', '^src/adapters/notifier'),
    home('hdr-histogram-js', '^src/adapters/metrics'),
    home('prom-client', '^src/adapters/metrics'),
    home('protobufjs', '^src/wire'),
    home('sctp', '^src/adapters/sctp'),
    home('yaml', '^src/(config|adapters/config)'),
    home('commander', '^src/cli'),
    home('pino', '^src/adapters/log'),
    home('nodemailer', '^src/adapters/mail'),
    home('web-push', '^src/adapters/web-push'),
    {
      name: 'worker-threads-in-adapters',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(adapters|cli)' },
      to: { path: '^(node:)?worker_threads$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
