import { publicStyle } from '../publicStyle.js';

/** Of the status page: what it adds to the style of all public pages. */
export const statusStyle = `${publicStyle}
h2{margin:2.25rem 0 .75rem;font-size:1.125rem}h3,.title{margin:0;font-size:1rem;font-weight:600;overflow-wrap:anywhere}time{color:var(--muted);font-size:.8125rem}
.top{display:flex;flex-wrap:wrap;align-items:flex-start;justify-content:space-between;gap:.75rem 1.5rem}.top>div{flex:1 1 16rem;min-width:0}.top p{margin:.25rem 0 0}
.headline{display:flex;align-items:center;gap:.75rem;margin:1.5rem 0;padding:1.125rem 1.25rem;border-radius:10px;background:var(--warn);color:var(--bg);font-size:1.25rem;font-weight:600;line-height:1.3}
.headline[data-state=operational]{background:var(--good)}.headline[data-state=maintenance]{background:var(--info)}.headline[data-state=partial_outage]{background:var(--high)}.headline[data-state=major_outage]{background:var(--bad)}
.sign{display:grid;flex:none;width:1.75rem;height:1.75rem;border:2px solid currentColor;border-radius:50%;font-size:1rem;line-height:1;place-items:center}
article{margin:0 0 1rem}article[data-open=true]{border-left:4px solid var(--warn)}
.affects{margin:.25rem 0 0;color:var(--muted);font-size:.875rem}
.updates{margin-top:.875rem}.updates>li{position:relative;padding:0 0 .875rem 1.25rem;border-left:2px solid var(--line)}
.updates>li::before{position:absolute;top:.45rem;left:-6px;width:10px;height:10px;border-radius:50%;background:var(--strong);content:""}
article[data-open=true] .updates>li:first-child::before{background:var(--warn)}.updates>li[data-progress=resolved]::before{background:var(--good)}
.updates>li>p{margin:0 0 .125rem}.updates>li:last-child{padding-bottom:0}.updates>li:target{background:var(--bg)}
summary{display:inline-block;min-height:2.75rem;padding:.75rem 0;color:var(--accent);font-size:.875rem;font-weight:600;cursor:pointer}summary::before{content:"+ "}[open]>summary::before{content:"− "}details .updates{margin-top:.25rem}
.text{overflow-wrap:anywhere}.text ul,.text ol{margin:0 0 .5rem;padding-left:1.25rem;list-style:disc}.text ol{list-style:decimal}.text p{margin:0 0 .5rem}.text pre{overflow-x:auto;padding:.75rem;border:1px solid var(--line);border-radius:6px}.text table{display:block;overflow-x:auto}.text>:last-child{margin-bottom:0}
.group{margin:1.25rem 0 .5rem;color:var(--muted);font-size:.875rem}
.components{border:1px solid var(--line);border-radius:10px;background:var(--card)}
.components>li{padding:.875rem 1.25rem}.components>li+li{border-top:1px solid var(--line)}
.component{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;font-weight:500}.component>:first-child{overflow-wrap:anywhere}
.state{color:var(--warn);font-size:.875rem}[data-state=operational]>.component .state{color:var(--good)}[data-state=maintenance]>.component .state{color:var(--info)}[data-state=partial_outage]>.component .state{color:var(--high)}[data-state=major_outage]>.component .state{color:var(--bad)}
.days{display:flex;gap:2px;height:1.75rem;margin:.5rem 0 .25rem}.days i{flex:1;border-radius:2px;background:var(--good-soft)}.days i[data-day=unknown]{background:var(--line)}
.days i[data-day=maintenance]{background:var(--info)}.days i[data-day=degraded]{background:var(--warn)}.days i[data-day=partial_outage]{background:var(--high)}.days i[data-day=major_outage]{background:var(--bad)}
.span{display:flex;justify-content:space-between;gap:.5rem;margin:0;color:var(--muted);font-size:.75rem}.span b{font-weight:400}.span .few{display:none}
@media(max-width:36rem){main{padding-top:1.5rem}.days i:nth-child(-n+45),.span .all{display:none}.span .few{display:inline}}
.day{margin:1.25rem 0 .5rem;padding-bottom:.375rem;border-bottom:1px solid var(--line);color:var(--muted);font-size:.875rem;font-weight:600}
#subscribe{margin-top:2.5rem}#subscribe h2{margin:0 0 .5rem}#subscribe p{margin:.75rem 0 0;font-size:.875rem}.row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.375rem}.row input{flex:1 1 12rem;width:auto}
.foot{margin-top:1.5rem;font-size:.875rem}.foot a{display:inline-block;padding:.75rem 0}
`;
