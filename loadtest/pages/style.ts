/** The look of the pages: that of the live page, in its two themes. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f4f6f8;--surface:#fff;--ink:#17212b;--muted:#55626f;--hairline:#d3dae1;--grid:#e7ebef;
--amber:#8a5200;--amber-ground:#fff3dc;--red:#b3201a;--red-ground:#fdeae8;--violet:#6a3d9a;--violet-ground:#f3ecfa;
--s1:#0072b2;--s2:#d55e00;--s3:#008a64;--s4:#17212b}
@media (prefers-color-scheme:dark){:root{--ground:#0d1217;--surface:#151c23;--ink:#e6ebf0;--muted:#9dabb8;--hairline:#2b3641;--grid:#212a33;
--amber:#f2b441;--amber-ground:#33270d;--red:#ff8b80;--red-ground:#3d1614;--violet:#c9a6f2;--violet-ground:#2b1f3b;
--s1:#56b4e9;--s2:#e69f00;--s3:#1fb98a;--s4:#e6ebf0}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1160px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:28px;line-height:1.2;margin:0}
h2{font-size:20px;margin:32px 0 12px}
h3{font-size:16px;margin:0}
h1,h2,h3{font-weight:600}
p{margin:0}
.sub,.unit,.note{color:var(--muted)}
.sub{margin-top:4px}
.verdict{margin:24px 0 16px;padding:16px;border:1px solid var(--hairline);border-left:6px solid var(--s3);border-radius:6px;background:var(--surface)}
.verdict table{max-width:640px;margin-top:8px}
.verdict strong{display:block;font-size:20px;font-weight:600}
.verdict.failed{border-color:var(--red);background:var(--red-ground)}
.verdict.failed strong{color:var(--red)}
.verdict.generator{border-color:var(--violet);background:var(--violet-ground)}
.verdict.generator strong{color:var(--violet)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(144px,1fr));gap:8px}
.tile,figure,.card{background:var(--surface);border:1px solid var(--hairline);border-radius:6px}
.tile{padding:12px 16px;min-width:0}
.tile b{display:block;font-size:28px;line-height:1.2;font-weight:600;white-space:nowrap}
.tile small{display:block;font-size:12px;color:var(--muted)}
.tile.bad{border-color:var(--red);background:var(--red-ground)}
.tile.bad b{color:var(--red)}
.tile span{color:var(--muted);white-space:nowrap}
figure{margin:0 0 8px;padding:16px}
figcaption{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 12px;margin-bottom:8px}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:0 0 0 auto;padding:0;font-size:12px;color:var(--muted)}
.legend svg{width:20px;height:8px;margin-right:6px;vertical-align:middle}
.legend output{color:var(--ink);display:inline-block;min-width:44px}
svg{display:block;width:100%;height:auto;overflow:visible}
.legend svg{display:inline-block}
svg text{font-size:12px;fill:var(--muted)}
.grid{stroke:var(--grid)}
.line{fill:none;stroke-width:1.75;stroke-linejoin:round}
.s1{stroke:var(--s1)}.s2{stroke:var(--s2)}.s3{stroke:var(--s3)}.s4{stroke:var(--s4)}.red{stroke:var(--red)}.muted{stroke:var(--muted)}
.ghost{stroke-width:7;opacity:.3;stroke-linecap:round}
.dot{stroke-width:1}
.dot.s1{fill:var(--s1)}.dot.s2{fill:var(--s2)}.dot.s3{fill:var(--s3)}.dot.s4{fill:var(--s4)}.dot.red{fill:var(--red)}.dot.muted{fill:var(--muted)}
.band{fill:var(--s1)}.b1{opacity:.28}.b2{opacity:.18}.b3{opacity:.1}
.limit{stroke:var(--red);stroke-dasharray:2 3}
svg .limit-text,svg text.bad{fill:var(--red)}
line.event{stroke:var(--muted);stroke-dasharray:1 3}
line.event.bad{stroke:var(--red);stroke-width:2;stroke-dasharray:none}
.cursor{stroke:var(--muted);stroke-dasharray:3 3;pointer-events:none}
.narrow{display:none}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:8px;align-items:start}
.card{padding:16px;min-width:0}
.card h3{margin-bottom:8px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:5px 0 5px 16px;border-top:1px solid var(--hairline);text-align:right;vertical-align:baseline;font-weight:400}
th:first-child{padding-left:0;text-align:left}
thead th{border-top:0;color:var(--muted);font-size:12px}
td{overflow-wrap:anywhere}
.figures td{white-space:nowrap}
tr.worse td:last-child,tr.bad td,tr.bad th,.state-bad{color:var(--red)}
.state-ok{color:var(--muted)}
.note{margin-top:8px;font-size:12px}
.at{position:sticky;top:0;z-index:1;background:var(--ground);padding:4px 0;color:var(--muted);font-size:12px;min-height:25px}
@media (max-width:640px){main{padding:16px 8px 32px}h1{font-size:20px}.wide{display:none}.narrow{display:block}figure,.card{padding:12px}
.tiles{grid-template-columns:1fr 1fr}.tile{padding:8px 12px}.tile b{font-size:20px}.legend{margin-left:0}.columns{grid-template-columns:minmax(0,1fr)}th,td{padding-left:8px}.figures{font-size:12px}}
@media print{body{background:#fff}figure,.card,.tile{break-inside:avoid}.at{display:none}}
`.replaceAll('\n', '');
