/** The page's style: system fonts, light and dark by preference, prints on white. */
export const STYLESHEET = `
:root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--fg:#1d2127;--dim:#626b77;--line:#dfe2e6;--accent:#2456c9;--error:#c6303e;--warn:#c98200;--warn-text:#8a5a00;--other:#9fb0c4;--band:#c6303e;--code:#f1f2f4;--p1:#b3202e;--p2:#b45309;--p3:#1d5fbf;--p4:#5b6573;--shadow:0 1px 2px rgba(0,0,0,.06),0 2px 10px rgba(0,0,0,.04)}
@media (prefers-color-scheme:dark){:root{--bg:#101317;--card:#181c22;--fg:#e5e8ec;--dim:#98a2af;--line:#2b313a;--accent:#82a9ff;--error:#ff6b70;--warn:#f2b544;--warn-text:#f2b544;--other:#4d5f78;--band:#ff6b70;--code:#0c0f13;--p1:#cf3646;--p2:#a9570f;--p3:#2f6ccb;--p4:#66717f;--shadow:none}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif;overflow-wrap:anywhere}
:lang(ko){word-break:keep-all}
main{max-width:1060px;margin:0 auto;padding:28px 20px 48px}
h1{font-size:26px;line-height:1.25;margin:2px 0 4px}h2{font-size:18px;margin:34px 0 10px}h3{font-size:18px;line-height:1.35;margin:0;flex:1}h4{font-size:12px;letter-spacing:.05em;text-transform:uppercase;color:var(--dim);margin:20px 0 6px}
p{margin:6px 0}a{color:var(--accent)}
.brand{color:var(--dim);font-weight:600;letter-spacing:.08em;font-size:12px;text-transform:uppercase}
.sub{color:var(--dim)}
.tiles{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0 0;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 16px;min-width:112px}
.tiles b{display:block;font-size:22px;line-height:1.2;font-variant-numeric:tabular-nums}.tiles span{display:block;color:var(--dim);font-size:13px}.tiles span::first-letter{text-transform:uppercase}
.tiles .alarm b{color:var(--error)}
svg{display:block;width:100%;height:auto}svg text{font:11px system-ui,"Noto Sans KR",sans-serif;fill:var(--dim)}
.chart,.heat{padding:10px;min-width:680px}
.axis line{stroke:var(--line);stroke-width:1}
.error rect,rect.error,.spark.error path{fill:var(--error)}.warn rect,rect.warn,.spark.warn path{fill:var(--warn)}.other rect,rect.other,.spark.other path{fill:var(--other)}
.spark path.over{fill:var(--error)}.heat .other rect{fill:var(--accent)}.heat rect.error{fill:var(--error)}.heat text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK KR",monospace;font-size:10.5px}.heat g:not(.axis) text{fill:var(--fg)}
.band rect{fill:var(--band);fill-opacity:.12;stroke:var(--band);stroke-opacity:.35}.band text{fill:var(--band);font-weight:600}
.legend{color:var(--dim);font-size:13px;margin:0 0 6px}.legend span{margin-right:16px;white-space:nowrap}
.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}.key.error{background:var(--error)}.key.warn{background:var(--warn)}.key.other{background:var(--other)}.key.incident{background:var(--band);opacity:.3}
.card{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--p4);border-radius:10px;padding:18px 22px;margin:14px 0;box-shadow:var(--shadow)}
.card.P1{border-left-color:var(--p1)}.card.P2{border-left-color:var(--p2)}.card.P3{border-left-color:var(--p3)}
.card header{display:flex;align-items:baseline;gap:12px;flex-wrap:wrap}.badge{background:var(--p4);color:#fff;font-weight:700;font-size:13px;border-radius:6px;padding:2px 9px}
.P1 .badge{background:var(--p1)}.P2 .badge{background:var(--p2)}.P3 .badge{background:var(--p3)}
.id{color:var(--dim);font-size:12px;font-family:ui-monospace,monospace}
.facts{display:flex;flex-wrap:wrap;gap:6px 26px;margin:10px 0}.facts dt{color:var(--dim);font-size:12px}.facts dd{margin:0;font-variant-numeric:tabular-nums}
.tag{display:inline-block;background:var(--code);border:1px solid var(--line);border-radius:5px;padding:0 7px;font-size:13px}
.summary{font-size:16px;max-width:75ch}
.chain{list-style:none;margin:0;padding:0}
.chain li{position:relative;display:grid;grid-template-columns:104px 62px 1fr 120px;gap:10px;align-items:baseline;padding:5px 0 5px 22px}
.chain li::before{content:"";position:absolute;left:4px;top:13px;width:9px;height:9px;border-radius:50%;background:var(--warn)}
.chain li:first-child::before,.chain li:last-child::before{background:var(--error)}
.chain li:not(:last-child)::after{content:"";position:absolute;left:8px;top:22px;bottom:-13px;border-left:2px solid var(--line)}
.chain time{font-variant-numeric:tabular-nums;color:var(--dim);font-size:13px}.times{text-align:right;font-variant-numeric:tabular-nums;font-weight:600;font-size:13px}
.spark{width:120px;height:22px}.chain .spark{align-self:center}
.why{list-style:none;margin:0;padding:0}.why li{padding:3px 0}.meter{display:inline-block;width:70px;height:8px;background:var(--code);border:1px solid var(--line);border-radius:4px;overflow:hidden;vertical-align:middle}.meter i{display:block;height:100%;background:var(--accent)}.percent{display:inline-block;width:46px;text-align:right;margin-right:8px;font-variant-numeric:tabular-nums;font-weight:600;font-size:13px}
ol,ul{padding-left:22px;margin:6px 0}
.risk{font-size:12px;border:1px solid var(--line);border-radius:20px;padding:0 8px;color:var(--dim);white-space:nowrap}.risk.medium{color:var(--warn-text);border-color:currentColor}.risk.high{color:var(--error);border-color:currentColor}
pre{background:var(--code);border:1px solid var(--line);border-radius:7px;padding:9px 12px;margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
code,.template{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK KR",monospace}
details{margin-top:14px;border-top:1px solid var(--line);padding-top:8px}summary{cursor:pointer;color:var(--accent);font-weight:600;font-size:14px}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;padding:6px 10px;border-top:1px solid var(--line);vertical-align:middle}thead th{border-top:0;color:var(--dim);font-size:12px;font-weight:600;white-space:nowrap}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.nowrap{white-space:nowrap}
.var{color:var(--accent);background:color-mix(in srgb,var(--accent) 10%,transparent);border-radius:3px}
.wide{width:100%;min-width:260px}.who{min-width:110px;font-size:13px}.level{white-space:nowrap;font-size:12px;font-weight:700;color:var(--dim)}.level.error{color:var(--error)}.level.warn{color:var(--warn-text)}
h3.group{font-size:15px;margin:20px 0 8px}h3.group small{color:var(--dim);font-weight:400}
.gaps li{margin:3px 0}footer{color:var(--dim);font-size:13px;margin-top:40px;border-top:1px solid var(--line);padding-top:12px}
@media (max-width:640px){main{padding:18px 12px}.card{padding:14px}h3{flex-basis:100%;order:3}.chain li{grid-template-columns:auto auto 1fr;gap:2px 10px}.chain .what{grid-column:1/-1}.chain .spark,.patterns :is(th,td):is(:nth-child(3),:nth-child(4)){display:none}.patterns .wide{min-width:190px}.chart{min-width:0;overflow:visible}.chart text{font-size:24px}}
@media print{:root{--bg:#fff;--card:#fff;--fg:#000;--dim:#444;--line:#bbb;--accent:#113a99;--error:#b3202e;--warn:#a86d00;--warn-text:#8a5a00;--other:#93a3b6;--band:#b3202e;--code:#f4f4f4;--p1:#b3202e;--p2:#b45309;--p3:#1d5fbf;--p4:#5b6573;--shadow:none}body{font-size:11px}main{max-width:none;padding:0}.chart,.heat{min-width:0}.scroll{overflow:visible}.card,tr,svg{break-inside:avoid}table{font-size:10.5px}th,td{padding:3px 6px}.wide,.who{min-width:0}code,.template{font-size:10px}details>*{display:block}details::details-content{content-visibility:visible;block-size:auto}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
