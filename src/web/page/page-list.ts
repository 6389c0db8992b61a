export interface PageSpec {
  readonly id: string;
  readonly title: string;
  /** Sections whose problems it shows. */
  readonly sections: readonly string[];
}

/** The first is the screen for the wall; the others are for digging. A number key leads to each. */
export const PAGES: readonly PageSpec[] = [
  { id: 'overview', title: 'Overview', sections: [] },
  { id: 'traffic', title: 'Traffic', sections: ['traffic', 'totals'] },
  { id: 'latency', title: 'Latency', sections: ['latency'] },
  { id: 'links', title: 'Links', sections: ['associations', 'point-codes'] },
  { id: 'dialogues', title: 'Dialogues', sections: ['counters'] },
  { id: 'shards', title: 'Shards', sections: ['shards', 'threads'] },
  { id: 'notifier', title: 'Notifier', sections: ['notifier', 'queues'] },
  { id: 'alarms', title: 'Alarms', sections: ['alarms'] },
  { id: 'capacity', title: 'Capacity', sections: ['capacity'] },
];

/** Of a demo alone: its phones. */
export const PHONES_PAGE: PageSpec = { id: 'phones', title: 'Phones', sections: [] };

/** Where a problem is looked into. */
export function addressOf(section: string): string {
  const page = PAGES.find(({ sections }) => sections.includes(section));
  return `#/${page?.id ?? 'overview'}`;
}

/** Of the address: `#/links`. What is none is the overview. */
export function pageIn(hash: string): string {
  const id = hash.replace(/^#\/?/, '');
  return [...PAGES, PHONES_PAGE].some((page) => page.id === id) ? id : 'overview';
}
