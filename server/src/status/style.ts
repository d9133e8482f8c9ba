/** Of the public page: light and dark by the reader's system, from a phone to a wall. */
export const statusStyle = `
:root{--bg:#f7f8f8;--card:#fff;--line:#e1e5e6;--text:#1b2024;--muted:#566068;--accent:#0b6b60;--good:#1a7f4b;--warn:#8a6100;--bad:#b3141f}
@media(prefers-color-scheme:dark){:root{--bg:#101316;--card:#171b1f;--line:#262c31;--text:#e6e8ea;--muted:#9aa2a9;--accent:#6cc4b5;--good:#5fd08f;--warn:#e8c24a;--bad:#ff8080}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1rem 3rem}
h1{margin:0;font-size:1.5rem;overflow-wrap:anywhere}h2{margin:2rem 0 .75rem;font-size:1.0625rem}h3{margin:0 0 .5rem;font-size:1rem;overflow-wrap:anywhere}
a{color:var(--accent)}.muted,time{color:var(--muted)}time{font-size:.8125rem;white-space:nowrap}
.headline{display:flex;align-items:center;gap:.625rem;margin:1.25rem 0;padding:1rem;border:1px solid var(--line);border-radius:8px;background:var(--card);font-size:1.125rem;font-weight:600}
.dot{flex:none;width:.625rem;height:.625rem;border-radius:50%;background:currentColor}
[data-state] .dot{color:var(--warn)}[data-state=operational] .dot{color:var(--good)}[data-state=major_outage] .dot,[data-state=partial_outage] .dot{color:var(--bad)}
article{margin:0 0 1rem;padding:1rem;border:1px solid var(--line);border-radius:8px;background:var(--card)}
article[data-open=true]{border-left:4px solid var(--warn)}
ol,ul{margin:0;padding:0;list-style:none}article li+li{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--line)}article p{margin:0 0 .375rem}
.text{overflow-wrap:anywhere}.text ul,.text ol{padding-left:1.25rem;list-style:disc}.text pre{overflow-x:auto;padding:.75rem;border:1px solid var(--line);border-radius:6px}.text table{display:block;overflow-x:auto}.text>:last-child{margin-bottom:0}
.components{border:1px solid var(--line);border-radius:8px;background:var(--card)}.components+h3{margin-top:1rem}
.components li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;padding:.75rem 1rem}.components li+li{border-top:1px solid var(--line)}
.state{display:inline-flex;align-items:center;gap:.5rem;color:var(--muted)}
footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line)}
label{display:block;margin-bottom:.375rem;font-weight:600}.row{display:flex;gap:.5rem}
input{flex:1;min-width:0;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--muted);border-radius:6px;background:var(--card);color:inherit;font:inherit}
button{min-height:2.75rem;padding:.5rem 1rem;border:0;border-radius:6px;background:var(--accent);color:var(--bg);font:inherit;font-weight:600;cursor:pointer}
`;
