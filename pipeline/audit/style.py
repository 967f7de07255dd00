"""How the audit's page looks: one style sheet, light and dark, that also hides and shows points by severity."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fbfbf9; --soft: #5a616b; --line: #d8dadd; --card: #ffffff;
  --error: #a3141e; --warning: #8a5300; --note: #3b5873; --mark: #ffe69a; --focus: #0b62d6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e6; --paper: #16181b; --soft: #a7adb6; --line: #3a3f46;
  --card: #1f2226; --error: #ff9a96; --warning: #f3bd6a; --note: #a9c9e8; --mark: #6b5410; --focus: #7db3ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; }
h3 { font-size: 1rem; margin: 0; display: inline; }
p { margin: .4rem 0; } .soft { color: var(--soft); } a { color: inherit; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.filter { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line);
  padding: .6rem 0; display: flex; gap: 1.5rem; flex-wrap: wrap; }
.filter label { cursor: pointer; padding: .1rem 0; } .filter input { width: 1.1rem; height: 1.1rem;
  vertical-align: -.15rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .7rem .35rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; } td.n, th.n { text-align: right; }
.wide { overflow-x: auto; }
.point { background: var(--card); border: 1px solid var(--line); border-left: .35rem solid var(--note);
  border-radius: .3rem; padding: .8rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
.point.error { border-left-color: var(--error); } .point.warning { border-left-color: var(--warning); }
.severity { font-weight: 700; } .error .severity { color: var(--error); } .warning .severity { color: var(--warning); }
.note .severity { color: var(--note); }
.message { font-size: 1.05rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
figure { margin: .8rem 0 0; } figcaption { color: var(--soft); font-size: .9rem; }
img { max-width: 100%; height: auto; background: #fff; border: 1px solid var(--line); }
blockquote { margin: .3rem 0 0; padding-left: .8rem; border-left: 2px solid var(--line); white-space: pre-line; }
mark { background: var(--mark); color: inherit; padding: 0 .1em; font-weight: 600; }
body:not(:has(#show-error:checked)) .point.error, body:not(:has(#show-warning:checked)) .point.warning,
body:not(:has(#show-note:checked)) .point.note { display: none; }
@media print { .filter { display: none; } .point { break-inside: avoid; } }
"""
