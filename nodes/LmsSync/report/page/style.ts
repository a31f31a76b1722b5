/** The looks of the page: system fonts, one accent, and tones that say what became of somebody. */
export const STYLE = `
:root{color-scheme:light dark;
--paper:#fbfbfa;--card:#fff;--ink:#1c2126;--soft:#59636e;--line:#dfe2e5;--wash:#f1f3f4;
--accent:#0b6471;--invite:#0b7285;--create:#0b7285;--update:#4fa3b1;--reactivate:#2f6f4f;--deactivate:#6d5a8d;
--hold:#a14a00;--hold-wash:#fff4e5;--hold-line:#f0c48a;--failed:#b3261e;--failed-wash:#fdecea;--failed-line:#f0b3ae;--none:#aab2b9;--source:#59636e}
@media(prefers-color-scheme:dark){:root{
--paper:#14171a;--card:#1b1f23;--ink:#e6e9ec;--soft:#a3adb7;--line:#343a41;--wash:#23282d;
--accent:#6cc7d4;--invite:#35a3b5;--create:#35a3b5;--update:#3a8593;--reactivate:#58a37d;--deactivate:#9d89c2;
--hold:#f5b95f;--hold-wash:#2c2415;--hold-line:#6b5223;--failed:#ff8f85;--failed-wash:#311c1b;--failed-line:#74342f;--none:#6a737c;--source:#a3adb7}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}noscript p{margin:.75rem 0}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:62rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
h1,h2,h3,p,ul,dl,dd{margin:0;padding:0}ul{list-style:none}
h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.015em;font-weight:650}h1 em{font-style:normal;color:var(--hold)}
h2{font-size:1.25rem;line-height:1.3;letter-spacing:-.005em;font-weight:650}
h3{font-size:1rem;font-weight:600}
section{margin-top:3.25rem}section>h2{margin-bottom:.9rem}
.lead{color:var(--soft);max-width:46rem;margin:-.5rem 0 1rem}
.note,.when,small{color:var(--soft)}.note{font-size:.87rem;margin:.75rem 0}.when{margin-top:.35rem}
bdi,h1,h2,h3,p,.why,.entries span,td,th,dt,dd{overflow-wrap:anywhere}
.ribbon{position:sticky;top:0;z-index:2;margin:0;padding:.3rem 1rem;text-align:center;font-size:.78rem;font-weight:700;letter-spacing:.09em;text-transform:uppercase;color:#3d2100;background:repeating-linear-gradient(-45deg,#ffc878 0 14px,#ffbb57 14px 28px)}
.notice{margin-top:1.1rem;padding:.8rem 1.1rem;border:1px solid var(--hold-line);border-left:4px solid var(--hold);border-radius:.5rem;background:var(--hold-wash)}
.alerts{margin-top:1.5rem;display:grid;gap:.75rem}
.alert{padding:.9rem 1.1rem;border:1px solid var(--failed-line);border-left:4px solid var(--failed);border-radius:.5rem;background:var(--failed-wash)}
.alert h2{font-size:1rem;color:var(--failed);margin-bottom:.2rem}.alert p+p{margin-top:.35rem}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.75rem}
.figures li{flex:1 1 7.1rem;max-width:12rem;background:var(--card);border:1px solid var(--line);border-top:3px solid var(--tone,var(--line));border-radius:.5rem;padding:.7rem .9rem .75rem}
.figures b{display:block;font-size:1.75rem;line-height:1.15;font-weight:650;letter-spacing:-.02em}.figures span{color:var(--soft);font-size:.92rem}
.figures .t-hold b,.figures .t-failed b,.figures .t-undone b{color:var(--tone)}
.t-invite{--tone:var(--invite)}.t-create{--tone:var(--create)}.t-update{--tone:var(--update)}.t-reactivate{--tone:var(--reactivate)}.t-deactivate{--tone:var(--deactivate)}
.t-hold{--tone:var(--hold)}.t-failed,.t-undone{--tone:var(--failed)}.t-none,.t-skipped{--tone:var(--none)}.t-source{--tone:var(--source)}
.fold{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--tone);border-radius:.5rem;margin-top:.6rem}
.fold.hold{--tone:var(--hold)}.fold.failed{--tone:var(--failed)}
summary{cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}
.fold>summary{display:flex;gap:.75rem;align-items:center;padding:.65rem 2.4rem .65rem .9rem;position:relative}
.fold>summary::after,.person>summary::after{content:"";position:absolute;right:1rem;top:1.1rem;width:.5rem;height:.5rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(45deg)}
details[open]>summary::after{transform:translateY(.25rem) rotate(-135deg)}
.fold h3{min-width:0}.n{flex:none;min-width:2.1rem;padding:.05rem .5rem;border-radius:1rem;text-align:center;font-weight:650;font-size:.9rem;background:var(--tone);color:var(--card)}
.fold .body{padding:.1rem 1.1rem 1rem}.todo{padding:.55rem .8rem;background:var(--wash);border-radius:.4rem;margin-bottom:.7rem}
.entries li{padding:.5rem 0;border-top:1px solid var(--line)}.entries li:first-child{border:0}.entries b,.entries span{display:block}.entries b{font-weight:600}.entries span{color:var(--soft)}
.names{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.5rem}.names b{font-weight:500}
.flow{position:relative}.flow svg{position:absolute;left:9.5rem;width:calc(100% - 20.5rem);top:0;display:block}
.flow path{fill:var(--tone);opacity:.38}
.flow ul{margin:0}.flow li{position:absolute;display:flex;align-items:center;gap:.55rem;transform:translateY(-50%);line-height:1.25}
.flow .l{left:0;width:9.5rem;flex-direction:row-reverse;text-align:right}.flow .r{left:calc(100% - 11rem);width:11rem}
.flow .l .what{flex:1}
.flow .bar{flex:none;width:6px;background:var(--tone);border-radius:1px}
.flow .what{font-size:.95rem}.flow .what b{font-weight:650}
.two{display:grid;grid-template-columns:1fr 1fr;gap:2.5rem}.two h3{margin-bottom:.6rem}.two .note{margin:-.4rem 0 .8rem}
.bars li{display:grid;grid-template-columns:minmax(6rem,9.5rem) 1fr 3.4rem;gap:.75rem;align-items:center;padding:.24rem 0}
.bars .name{text-align:right;line-height:1.25;font-size:.92rem}.bars .track{display:flex;height:.95rem}.bars i{background:var(--tone);min-width:3px}
.bars i:first-child{border-top-left-radius:2px;border-bottom-left-radius:2px}.bars i:last-child{border-top-right-radius:2px;border-bottom-right-radius:2px}.bars i+i{border-left:1px solid var(--paper)}.bars .sum{font-weight:600;font-size:.92rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.87rem;color:var(--soft);margin:-.4rem 0 .8rem}.legend i{display:inline-block;width:.7rem;height:.7rem;margin-right:.35rem;border-radius:2px;background:var(--tone)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);border-radius:.5rem}
th,td{padding:.5rem .8rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400}tbody tr:last-child>*{border-bottom:0}
thead th{font-size:.84rem;color:var(--soft);font-weight:600}tbody th{font-weight:600}.exceeded strong{color:var(--failed)}
.tag,.tags li{display:inline-block;padding:.05rem .5rem;border-radius:1rem;font-size:.84rem;font-weight:500;background:var(--wash)}.tag.hold{background:var(--hold-wash);color:var(--hold)}
.tags li{max-width:100%;overflow-wrap:anywhere}.tags{display:flex;flex-wrap:wrap;gap:.4rem;margin:.35rem 0 .75rem}
.code{margin-top:1rem;padding:1rem 1.1rem;border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:.5rem;background:var(--card)}
.code span{display:block;color:var(--soft);font-size:.87rem}.code code{display:block;font:600 1.7rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;letter-spacing:.06em;color:var(--accent);overflow-wrap:anywhere;user-select:all}
#tools{display:grid;grid-template-columns:minmax(0,1fr);gap:.6rem;margin-bottom:.25rem}#tools[hidden]{display:none}
#tools>label{font-weight:600}#query::placeholder{color:var(--soft);opacity:1}#query{width:100%;padding:.65rem .9rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.5rem}
.facet{display:grid;grid-template-columns:6.2rem minmax(0,1fr);gap:.4rem;align-items:baseline}.facet>div{display:flex;flex-wrap:wrap;gap:.4rem}.facet>span,.facet>label{color:var(--soft);font-size:.9rem}
.chip,#more,select{font:inherit;font-size:.9rem;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:.2rem .75rem;cursor:pointer;min-height:2rem}
.chip b{font-weight:600;color:var(--soft)}.chip[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--card)}.chip[aria-pressed=true] b{color:inherit}
select{max-width:100%;justify-self:start}#more{margin:1rem auto 0;display:block;padding:.45rem 1.5rem}#more[hidden],#rest{display:none}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.3rem}
#list{border:1px solid var(--line);border-radius:.5rem;background:var(--card);overflow:hidden}#list:empty{display:none}
.person{border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 67px}.person:first-child{border:0}
.person>summary{position:relative;display:grid;grid-template-columns:9.2rem auto 1fr;gap:0 .9rem;padding:.6rem 2.6rem .65rem .9rem}.person>summary:hover{background:var(--wash)}.person>summary:focus-visible{outline-offset:-3px}
.badge{align-self:start;justify-self:start;display:inline-flex;align-items:center;gap:.45rem;font-size:.9rem;line-height:1.65}
.badge::before{content:"";width:.6rem;height:.6rem;border-radius:50%;background:var(--tone);flex:none}
.badge.t-hold,.badge.t-failed,.badge.t-undone{color:var(--tone);font-weight:600}
.person .who{font-weight:600}.person .facts{color:var(--soft);font-size:.9rem;line-height:1.7}.person .why{font-size:.92rem}
.person>summary{grid-template-areas:"badge who facts" "badge why why"}.badge{grid-area:badge}.person .who{grid-area:who}.person .facts{grid-area:facts}.person .why{grid-area:why}
.blocks{columns:2;column-gap:2rem;padding:.35rem 1.1rem .3rem 11rem}.block{break-inside:avoid;padding-bottom:1.1rem}
.block h3{font-size:.8rem;font-weight:650;color:var(--soft);letter-spacing:.02em;margin-bottom:.25rem}.block.w1{column-span:all}
.block dl>div{display:grid;grid-template-columns:minmax(5.5rem,8rem) 1fr;gap:.75rem;padding:.14rem 0}.block dt{color:var(--soft)}
.block{font-size:.93rem}s{color:var(--soft);text-decoration-color:var(--line)}ins{text-decoration:none;font-weight:600}
.empty{margin-top:2rem;padding:1.5rem;text-align:center;border:1px dashed var(--line);border-radius:.5rem;color:var(--soft)}
@media(max-width:46rem){
main{padding:1.5rem 1rem 3rem}h1{font-size:1.5rem}section{margin-top:2.5rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(6.3rem,1fr));gap:.5rem}.figures b{font-size:1.45rem}.figures li{padding:.55rem .7rem}
.two{grid-template-columns:1fr;gap:2rem}
.flow svg{left:5.4rem;width:calc(100% - 13.9rem)}.flow .l{width:5.4rem}.flow .r{left:calc(100% - 8.5rem);width:8.5rem}.flow li{gap:.4rem}.flow .what{font-size:.87rem}
.bars li{grid-template-columns:8rem 1fr 2.4rem;gap:.55rem}.bars .name{font-size:.87rem}
.facet{grid-template-columns:minmax(0,1fr);gap:.25rem}
.cards thead{display:none}.cards,.cards tbody,.cards tr,.cards th,.cards td{display:block}.cards tr{padding:.6rem .9rem;border-bottom:1px solid var(--line)}.cards tr:last-child{border:0}
.cards th,.cards td{border:0;padding:.1rem 0}.cards td{display:grid;grid-template-columns:7rem 1fr;gap:.6rem}.cards td::before{content:attr(data-label);color:var(--soft);font-size:.87rem}
.person>summary{grid-template-columns:1fr;grid-template-areas:"badge" "who" "facts" "why"}.blocks{columns:1;padding:.25rem .9rem .2rem}}
@media(prefers-reduced-motion:no-preference){.fold>summary::after,.person>summary::after{transition:transform .12s}.chip{transition:background-color .12s}}
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--wash:#f3f3f3;--accent:#0b6471;--invite:#0b7285;--create:#0b7285;--update:#4fa3b1;--reactivate:#2f6f4f;--deactivate:#6d5a8d;--hold:#a14a00;--hold-wash:#fff;--failed:#b3261e;--failed-wash:#fff;--none:#aab2b9;--source:#59636e}
@page{margin:16mm 14mm}
html{font-size:9.5pt}body{font-size:1rem;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}section{margin-top:1.6rem}
#tools,#more,#found,summary::after{display:none!important}#rest:not(:empty){display:block;margin-top:.8rem;font-weight:600}
details::details-content{content-visibility:visible;display:block}.person:not([open])::details-content{content-visibility:hidden}
.person{content-visibility:visible}h2,h3,summary,thead{break-after:avoid}.alert,.figures,.flow,.entries li,tr,.person>summary,.block,.code,.bars li{break-inside:avoid}
#list{overflow:visible}.block dl>div{grid-template-columns:5.5rem 1fr;gap:.5rem}.figures li{flex-basis:5rem}
.ribbon{position:fixed;bottom:0;top:auto;left:0;right:0}.dry main{padding-bottom:1.5rem}}
`.replaceAll('\n', '');
