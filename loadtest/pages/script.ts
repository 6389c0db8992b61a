/** One cursor through all charts over time, with the figures of that second. Without it the page shows all but these. */
export const SCRIPT = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const charts = [...document.querySelectorAll('svg[data-chart]')];
const at = document.querySelector('.at');
const resting = at === null ? '' : at.textContent;
const short = (value) => value === null || value === undefined ? '–'
  : value >= 100 ? Math.round(value).toString().replace(/\\B(?=(\\d{3})+(?!\\d))/g, '\\u202f') : String(Number(value.toPrecision(3)));
let second = -1;
function show(next) {
  if (next === second) return;
  second = next;
  for (const chart of charts) {
    const { lines, seconds } = data[chart.dataset.chart];
    chart.querySelector('.cursor')?.remove();
    for (const output of chart.closest('figure').querySelectorAll('output'))
      output.textContent = second < 0 ? '' : short(lines[output.dataset.line][second]);
    if (second < 0) continue;
    const [, , width, height] = chart.getAttribute('viewBox').split(' ').map(Number);
    const { left, right, top, bottom } = chart.dataset;
    const x = Number(left) + ((second + 0.5) / seconds) * (width - left - right);
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    line.setAttribute('class', 'cursor');
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: top, y2: height - bottom })) line.setAttribute(name, value);
    chart.append(line);
  }
  if (at !== null) at.textContent = second < 0 ? resting : 'second ' + (second + 1) + ' of the run';
}
for (const chart of charts) {
  const { seconds } = data[chart.dataset.chart];
  chart.setAttribute('tabindex', '0');
  chart.addEventListener('pointermove', (event) => {
    const box = chart.getBoundingClientRect();
    const width = Number(chart.getAttribute('viewBox').split(' ')[2]);
    const { left, right } = chart.dataset;
    const share = (((event.clientX - box.left) / box.width) * width - left) / (width - left - right);
    show(Math.min(seconds - 1, Math.max(0, Math.floor(share * seconds))));
  });
  chart.addEventListener('pointerleave', () => show(-1));
  chart.addEventListener('blur', () => show(-1));
  chart.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(Math.min(seconds - 1, Math.max(0, second + step)));
  });
}
`;
