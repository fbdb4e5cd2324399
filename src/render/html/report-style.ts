/** What the report of a capsule adds to the page's style. */
export const REPORT_STYLE = `
:root{--path:#d9641f;--calm:#2456c9;--usual:#23784a;--change:#7a3fc0}
@media (prefers-color-scheme:dark){:root{--path:#ff9a52;--calm:#82a9ff;--usual:#5fd39a;--change:#c39bff}}
h1.root_cause{color:var(--error)}h1.inconclusive{color:var(--warn-text)}h1.no_incident{color:var(--usual)}
.headline{background:var(--card);border:1px solid var(--line);border-left:6px solid var(--error);border-radius:10px;padding:18px 22px;box-shadow:var(--shadow);margin-top:8px}
.headline.inconclusive{border-left-color:var(--warn)}.headline.no_incident{border-left-color:var(--usual)}
.headline .answer{font-size:20px;font-weight:650;line-height:1.35;margin:2px 0 8px}.fault{font-weight:400}
.headline .facts{margin-bottom:0}.confidence{white-space:nowrap}.confidence .meter{width:90px}
.tag.blamed{border-color:var(--error);color:var(--error)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr));gap:12px}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 12px 8px}
figure.blamed{border-top:3px solid var(--error)}figure.symptom{border-top:3px solid var(--warn)}figure.other{border-top:3px solid var(--other)}
figcaption{font-size:13px;margin-bottom:4px}figcaption strong{display:block;font-size:14px}figcaption .sub{display:block}
.series text{font-size:11px}.series .line{fill:none;stroke:var(--fg);stroke-width:1.6;stroke-linejoin:round}.series circle.line{fill:var(--fg);stroke:none}
.series .usual{fill:var(--usual);fill-opacity:.2}.series .median{stroke:var(--usual);stroke-width:1.4;stroke-dasharray:5 3}.series .calm{fill:var(--calm);fill-opacity:.07}.series .begins{stroke:var(--dim);stroke-dasharray:1 3}
.series line.onset{stroke:var(--error);stroke-width:1.6}.series text.onset{fill:var(--error);font-weight:700}
.key.line{height:2px;vertical-align:middle;background:var(--fg)}.key.usual{background:var(--usual);opacity:.55}.key.calm{background:var(--calm);opacity:.25}.key.onset{width:2px;height:13px;vertical-align:-2px;background:var(--error)}
.key.node-blamed{background:var(--error)}.key.node-path{background:var(--path)}.key.node-affected{background:var(--warn)}.key.node-normal{background:var(--line)}.key.bell{border-radius:50%;background:var(--change)}
svg.map{margin:0 auto;padding:6px}.node rect{fill:var(--card);stroke:var(--line);stroke-width:1.4}.node text{fill:var(--fg);font-size:12px}
.node.blamed rect{fill:color-mix(in srgb,var(--error) 20%,var(--card));stroke:var(--error);stroke-width:2.6}.node.blamed text{font-weight:700}
.node.path rect{fill:color-mix(in srgb,var(--path) 15%,var(--card));stroke:var(--path);stroke-width:2}.node.affected rect{fill:color-mix(in srgb,var(--warn) 12%,var(--card));stroke:var(--warn);stroke-width:1.8}
.bell{fill:var(--change);stroke:var(--card);stroke-width:1.5}
.edge path{fill:none;stroke:var(--other);stroke-width:1.2}.edge path.head{fill:var(--other);stroke:none}
.dense .edge.normal{opacity:.45}.edge.path path{stroke:var(--path);stroke-width:2.6}.edge.path path.head{fill:var(--path);stroke:none}.edge.blamed path{stroke:var(--error);stroke-width:3}.edge.blamed path.head{fill:var(--error);stroke:none}
svg.timeline{padding:8px;min-width:720px}.lane>line{stroke:var(--line)}.lane text{fill:var(--fg);font-size:12px}.lane text.blamed{fill:var(--error);font-weight:700}
.mark :is(path,circle){stroke:var(--card);stroke-width:1.2}.mark.onset{fill:var(--warn)}.mark.alert{fill:var(--accent)}.mark.change{fill:var(--change)}.mark.onset.blamed{fill:var(--error)}.mark.change.blamed{fill:var(--change)}.mark.change.blamed path{stroke:var(--error);stroke-width:2.2}
line.seen{stroke:var(--fg);stroke-width:1.4;stroke-dasharray:4 3}text.seen{fill:var(--fg);font-weight:600}
svg.symbol{display:inline-block;width:15px;height:15px;vertical-align:-3px;margin-right:4px}
.events{list-style:none;padding:0;margin:12px 0 0}.events li{display:grid;grid-template-columns:auto 84px 1fr;gap:4px 12px;padding:4px 8px;border-bottom:1px solid var(--line);align-items:baseline}
.events time{font-variant-numeric:tabular-nums;font-size:13px}.events .kind{font-size:12px;font-weight:700;color:var(--dim)}.events .change .kind{color:var(--change)}.events .onset.blamed .kind,.events .change.blamed .kind{color:var(--error)}.events .detected{background:var(--code)}
q{color:var(--dim)}q.plain{color:inherit;quotes:none}blockquote{margin:6px 0;border-left:3px solid var(--line);padding-left:10px}
.cites{list-style:none;padding:0;margin:4px 0}.cites li{padding:3px 0 3px 24px;position:relative}.cites .sign{position:absolute;left:4px;font-weight:700;color:var(--usual)}.cites.against .sign{color:var(--error)}.cites .tag{margin-right:4px}
.evidence td,.evidence th{vertical-align:top}.evidence p{margin:0}.evidence .wide p:first-child{max-width:80ch}.queries{margin:0}.queries div{padding:6px 0;border-bottom:1px solid var(--line)}.queries dd{margin:2px 0 0}.queries code{background:var(--code);border-radius:4px;padding:0 5px}figure .query{font-size:12px}figure .query code{font-size:11px}
.query{display:flex;gap:8px;align-items:baseline;margin-top:3px}.query span{color:var(--dim);font-size:12px;white-space:nowrap;flex:none}.query code{background:var(--code);border-radius:4px;padding:0 5px}.evidence details{border:0;margin-top:4px;padding:0}
.trend{font-size:12px;font-weight:700}.trend.new{color:var(--error)}.note p{max-width:80ch}
@media (max-width:640px){.series text{font-size:14px}.events li{grid-template-columns:auto 1fr}.events li>span:last-child{grid-column:1/-1}.headline{padding:14px}.evidence,.evidence :is(tbody,tr,td,th){display:block}.evidence thead{display:none}.evidence :is(td,th){border:0;padding:2px 10px}.evidence tr{border-top:1px solid var(--line);padding:8px 0}.evidence .wide,.report-patterns .wide{min-width:0}.evidence th,.evidence td:nth-child(-n+3){display:inline-block}.report-patterns :is(th,td):is(:nth-child(4),:nth-child(5)){display:none}.report-patterns .wide{min-width:200px}}
@media print{:root{--path:#b34a0d;--calm:#2456c9;--usual:#1f7a49;--change:#6a30b0}.charts{grid-template-columns:1fr 1fr}svg.timeline{min-width:0}svg.map{min-width:0!important}figure,.events li,.headline{break-inside:avoid}}
`.trim();
