/**
 * A CPU profile as a flame graph in one HTML file: callers above what they call, as wide as the time that was spent in them. What
 * was idle is left out. Colours name the layer, so that the eye finds where the time goes.
 */

/** As V8 writes it (`--cpu-prof`). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where a thread waits: in its event loop, or a worker of the pool for work (`Atomics.wait` in piscina). */
const WAITS: ReadonlySet<string> = new Set(['(idle)', '(root)', 'atomicsWaitLoop']);

/** Microseconds in which there was something to do. */
export function busyUs({ nodes, samples, timeDeltas }: CpuProfile): number {
  const waiting = new Set(
    nodes.filter(({ callFrame }) => WAITS.has(callFrame.functionName)).map(({ id }) => id),
  );
  return samples.reduce((sum, id, index) => (waiting.has(id) ? sum : sum + (timeDeltas[index] ?? 0)), 0);
}

interface Frame {
  readonly name: string;
  readonly place: string;
  /** Microseconds, of what it calls too. */
  totalUs: number;
  selfUs: number;
  readonly calls: Map<string, Frame>;
}

/** Narrower than this share of the whole nothing is drawn. */
const SHARE_MIN = 0.0005;
const ROW_PX = 18;

export function flameGraph(profile: CpuProfile, title: string): string {
  const root = framesOf(profile);
  const rows: string[] = [];
  let depthMax = 0;
  const draw = (frame: Frame, leftUs: number, depth: number): void => {
    const share = frame.totalUs / root.totalUs;
    if (share < SHARE_MIN) return;
    depthMax = Math.max(depthMax, depth);
    const percent = (part: number): string => ((100 * part) / root.totalUs).toFixed(3);
    const text = `${frame.name}, ${frame.place}: ${percent(frame.totalUs)} %, of its own ${percent(frame.selfUs)} %`;
    rows.push(
      `<i style="left:${percent(leftUs)}%;width:${percent(frame.totalUs)}%;top:${depth * ROW_PX}px" class="${layerOf(frame.place)}" title="${escaped(text)}">${escaped(frame.name)}</i>`,
    );
    let at = leftUs;
    for (const called of [...frame.calls.values()].sort((a, b) => b.totalUs - a.totalUs)) {
      draw(called, at, depth + 1);
      at += called.totalUs;
    }
  };
  draw(root, 0, 0);
  const hottest = ownTimes(root)
    .slice(0, 40)
    .map(
      ([name, us]) =>
        `<tr><td>${((100 * us) / root.totalUs).toFixed(1)} %</td><td>${escaped(name)}</td></tr>`,
    )
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style>
<h1>${escaped(title)}</h1><p>${(root.totalUs / 1e6).toFixed(2)} s of CPU time. Click a frame to look at it alone, the uppermost to see all again.</p>
<main style="height:${(depthMax + 1) * ROW_PX}px">${rows.join('')}</main>
<h2>Of their own</h2><table>${hottest}</table><script>${SCRIPT}</script></html>
`;
}

function framesOf({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const { id, children } of nodes) for (const child of children ?? []) parents.set(child, id);
  const root: Frame = { name: 'all', place: '', totalUs: 0, selfUs: 0, calls: new Map() };
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries())
    own.set(id, (own.get(id) ?? 0) + Math.max(0, timeDeltas[index] ?? 0));
  for (const [id, us] of own) {
    const path: number[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) path.unshift(at);
    if (WAITS.has(byId.get(id)?.callFrame.functionName ?? '')) continue;
    root.totalUs += us;
    let frame = root;
    for (const step of path.slice(1)) {
      const { functionName, url, lineNumber } = byId.get(step)!.callFrame;
      const place =
        url === '' ? 'V8' : `${url.replace(/^.*\/(?=(dist|node_modules)\/)/, '')}:${lineNumber + 1}`;
      const key = `${functionName} ${place}`;
      let called = frame.calls.get(key);
      if (called === undefined) {
        called = { name: functionName || '(anonymous)', place, totalUs: 0, selfUs: 0, calls: new Map() };
        frame.calls.set(key, called);
      }
      called.totalUs += us;
      frame = called;
    }
    frame.selfUs += us;
  }
  return root;
}

function ownTimes(root: Frame): [string, number][] {
  const own = new Map<string, number>();
  const add = (frame: Frame): void => {
    const key = `${frame.name}  ${frame.place}`;
    if (frame.selfUs > 0) own.set(key, (own.get(key) ?? 0) + frame.selfUs);
    for (const called of frame.calls.values()) add(called);
  };
  add(root);
  return [...own].sort((a, b) => b[1] - a[1]);
}

function layerOf(place: string): string {
  if (place.includes('node_modules')) return 'library';
  const layer = /dist\/src\/(\w+)/.exec(place)?.[1];
  if (layer === undefined) return 'node';
  return ['stack', 'subscriber', 'call', 'gateway', 'engine', 'wire', 'adapters'].includes(layer)
    ? layer
    : 'other';
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `body{font:14px/1.4 system-ui,sans-serif;margin:16px;color:#24292f;background:#fff}h1{font-size:20px}h2{font-size:16px}
main{position:relative;overflow:hidden}i{position:absolute;height:17px;font:11px/17px system-ui;font-style:normal;overflow:hidden;white-space:nowrap;text-indent:3px;cursor:pointer;box-sizing:border-box;border-right:1px solid #fff;background:#d0d7de}
.stack{background:#9ecae1}.gateway,.call{background:#a1d99b}.subscriber{background:#fdd0a2}.engine{background:#dadaeb}.wire{background:#fde0a2}.adapters{background:#c7e9c0}.library{background:#f2c6c0}
td{padding:2px 12px 2px 0;font-variant-numeric:tabular-nums}td:first-child{text-align:right}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}i{color:#111;border-color:#0d1117}}`;

/** Zooms by stretching the frames: the one that was clicked fills the width. */
const SCRIPT = `const all=[...document.querySelectorAll('main>i')].map(e=>({e,l:parseFloat(e.style.left),w:parseFloat(e.style.width)}));
for(const f of all)f.e.onclick=()=>{for(const g of all){g.e.style.left=(g.l-f.l)*100/f.w+'%';g.e.style.width=g.w*100/f.w+'%'}};`;
