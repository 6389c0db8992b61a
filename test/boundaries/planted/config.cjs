// The project's own rules, applied to a tree that breaks them on purpose.
const rules = require('../../../.dependency-cruiser.cjs');
const under = (value) => (typeof value === 'string' ? value.replace(/\^src/g, '^test/boundaries/planted/src') : value);
const move = (part) => Object.fromEntries(Object.entries(part).map(([key, value]) => [key, under(value)]));
module.exports = { ...rules, forbidden: rules.forbidden.map((rule) => ({ ...rule, from: move(rule.from), to: move(rule.to) })) };
