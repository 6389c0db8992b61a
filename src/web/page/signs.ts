/** Status is a shape and a word, then a colour. */
export type Severity = 'well' | 'warning' | 'critical' | 'unknown';

/** Outlines in a box of 24 by 24: tick in a circle, triangle, octagon, diamond. */
export const SHAPES: Readonly<Record<Severity, string>> = {
  well: 'M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19M7.500 12.300l3 3l6-6.300',
  warning: 'M12 3L22.500 21H1.500zM12 9.500v5.500M12 18v.1',
  critical: 'M8 2.500h8L21.500 8v8L16 21.500H8L2.500 16V8zM8.500 8.500l7 7M15.500 8.500l-7 7',
  unknown:
    'M12 1.500L22.500 12L12 22.500L1.500 12zM9.700 9.800a2.400 2.400 0 1 1 3.500 2.100c-.9.5-1.200 1-1.200 1.900M12 16.700v.1',
};

/** The same as characters, for tables and lists. */
export const SIGNS: Readonly<Record<Severity, string>> = {
  well: '✓',
  warning: '▲',
  critical: '✕',
  unknown: '◆',
};
