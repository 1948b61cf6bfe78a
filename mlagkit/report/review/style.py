"""How the page of a review looks: light and dark as the reader has it, on a phone, a desk and on paper."""

STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --dim: #59636e; --back: #fff; --box: #f6f8fa; --text: #1f2328;
  --good: #1a7f37; --bad: #b3261e; --warn: #8a5a00; --mild: #0b57a4;
  --add: #dafbe1; --gone: #ffebe9; --change: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --dim: #9198a1; --back: #0d1117; --box: #151b23;
  --text: #f0f6fc; --good: #3fb950; --bad: #ff8f87; --warn: #e0b050; --mild: #7db7ff;
  --add: #12261e; --gone: #25171c; --change: #131d2e; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  background: var(--back); color: var(--text); overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.3; } h2 { font-size: 1.2rem; margin: 0; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; } h4 { font-size: 1rem; margin: 0; font-weight: 600; }
p { margin: .25rem 0; } ul { margin: .25rem 0; padding-left: 1.25rem; } a { color: var(--mild); }
.dim { color: var(--dim); } .verdicts { list-style: none; padding: 0; } .verdicts li { margin: .4rem 0; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; }
.top { display: grid; gap: .5rem 1.5rem; } .top > * { min-width: 0; }
@media (min-width: 60rem) { .top { grid-template-columns: 1fr 23rem; } .top figure { grid-column: 2; grid-row: 1; } }
figure { margin: 0; } article { border: 1px solid var(--line); border-left: .3rem solid var(--line);
  border-radius: .4rem; padding: .5rem .75rem; margin: .6rem 0; break-inside: avoid; }
article.error, article.outage { border-left-color: var(--bad); }
article.warning, article.brief { border-left-color: var(--warn); } article.info { border-left-color: var(--mild); }
b.error, b.outage, b.worse { color: var(--bad); } b.warning, b.brief { color: var(--warn); }
b.info, b.new { color: var(--mild); } b.better, b.none { color: var(--good); } b.gone { color: var(--dim); }
.stops { border-left-color: var(--bad); } summary { cursor: pointer; color: var(--dim); }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .4rem 0; }
th { text-align: left; font-size: .85rem; color: var(--dim); border-bottom: 1px solid var(--line); }
td { font: .8rem/1.45 ui-monospace, monospace; vertical-align: top; white-space: pre-wrap; }
th, td { padding: .1rem .4rem; width: 50%; } td { padding-left: 1.6rem; text-indent: -1.2rem; }
td + td, th + th { border-left: 1px solid var(--line); }
td.add { background: var(--add); } td.remove { background: var(--gone); } td.replace { background: var(--change); }
td.empty { background: repeating-linear-gradient(135deg, transparent 0 6px, var(--box) 6px 12px); }
.key { display: flex; flex-wrap: wrap; gap: .1rem 1rem; color: var(--dim); font-size: .85rem; }
svg { width: 100%; max-width: 23rem; height: auto; font: 12px system-ui, sans-serif; }
svg.sample { width: 3rem; vertical-align: middle; } svg.sign { width: 1.1rem; vertical-align: -.2rem; }
text { fill: var(--text); } text.name { font-weight: 600; } text.word { fill: var(--dim); font-size: 11px; }
text.what, text.impact { font-size: 11px; } text.port-name { font-size: 10.5px; }
rect.switch { fill: var(--box); stroke: var(--dim); stroke-width: 1.5; }
rect.box { fill: var(--back); stroke: var(--dim); }
rect.box.brief { stroke: var(--warn); stroke-width: 2; }
rect.box.outage { stroke: var(--bad); stroke-width: 2.5; stroke-dasharray: 6 3; }
text.new { fill: var(--good); } text.changed { fill: var(--mild); } text.gone { fill: var(--bad); }
text.same { fill: var(--dim); } text.impact { font-weight: 600; } text.brief { fill: var(--warn); }
text.outage { fill: var(--bad); } path { fill: none; stroke: var(--dim); stroke-width: 1; }
path.link, path.peer-link { stroke-width: 2.5; } path.link.same, path.peer-link.same { stroke-width: 1; }
path.keepalive { stroke-width: 2; stroke-dasharray: 2 3; } path.keepalive.same { stroke-width: 1; }
path.new { stroke: var(--good); } path.changed { stroke: var(--mild); }
path.gone { stroke: var(--bad); stroke-dasharray: 6 3; }
path.cross { stroke: var(--bad); stroke-width: 2.5; } path.plus { stroke: var(--good); stroke-width: 3; }
path.port.changed { fill: var(--back); stroke-width: 2; } rect.port { fill: var(--back); stroke: var(--dim); }
rect.port.new { fill: var(--good); stroke: var(--good); } rect.port.gone { stroke: var(--bad); stroke-width: 1.5; }
.sign * { fill: none; stroke-width: 2; } .sign.none * { stroke: var(--good); }
.sign.brief * { stroke: var(--warn); fill: var(--warn); } .sign.outage * { stroke: var(--bad); }
@media print { body { margin: 0; max-width: none; } details::details-content { content-visibility: visible; }
  td, article, svg * { print-color-adjust: exact; } }
"""
