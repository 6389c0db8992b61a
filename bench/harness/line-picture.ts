/** Lines over logarithmic axes side by side, each with its values written to them, from 0 upwards: whether a cost is flat. */

export interface Line {
  readonly name: string;
  /** Ascending. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

const PANEL = { width: 400, height: 220, left: 56, top: 72, gap: 64 };
const [INK, GREY, HAIR, BLUE] = ['#24292f', '#57606a', '#d0d7de', '#0072b2'];

export function linePicture(title: string, unit: string, lines: readonly Line[]): string {
  const top = Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y))) * 1.25;
  const width = PANEL.left + lines.length * (PANEL.width + PANEL.gap);
  const height = PANEL.top + PANEL.height + 56;
  const y = (value: number): number => PANEL.top + PANEL.height * (1 - value / top);
  const panels = lines.map(({ name, points }, index) => {
    const left = PANEL.left + index * (PANEL.width + PANEL.gap);
    const [first, last] = [Math.log(points[0]![0]), Math.log(points.at(-1)![0])];
    const x = (value: number): number => left + ((Math.log(value) - first) / (last - first)) * PANEL.width;
    const marks = points.map(
      ([at, value]) =>
        `<circle cx="${x(at).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4" fill="${BLUE}"/>${text(x(at), y(value) - 12, INK, value.toFixed(0))}${text(x(at), PANEL.top + PANEL.height + 20, GREY, short(at))}`,
    );
    const path = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    return [
      `<line x1="${left}" x2="${left + PANEL.width}" y1="${y(0)}" y2="${y(0)}" stroke="${HAIR}"/>`,
      `<polyline fill="none" stroke="${BLUE}" stroke-width="2" points="${path}"/>`,
      ...marks,
      text(left + PANEL.width / 2, PANEL.top + PANEL.height + 44, GREY, name),
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="16" y="30" font-size="20" font-weight="600" fill="${INK}">${title}</text>
<text x="16" y="52" fill="${GREY}">${unit}, from 0</text>
${panels.join('\n')}
</svg>
`;
}

function text(x: number, y: number, fill: string, content: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle" fill="${fill}">${content}</text>`;
}

function short(count: number): string {
  if (count >= 1_000_000) return `${count / 1_000_000} million`;
  return count >= 10_000 ? `${count / 1_000} thousand` : String(count);
}
