import { createHash } from 'node:crypto';

/** Of every page that is served without a sign-in: no script, light and dark by the reader's system, from a phone to a wall. */
export const publicStyle = `
:root{color-scheme:light dark;--bg:#f7f8f8;--card:#fff;--line:#e1e5e6;--strong:#79838a;--text:#1b2024;--muted:#566068;--accent:#0b6b60;--good:#1a7f4b;--good-soft:#b9dfca;--info:#1d5aa0;--warn:#8a6100;--high:#a84500;--bad:#b3141f}
@media(prefers-color-scheme:dark){:root{--bg:#101316;--card:#171b1f;--line:#262c31;--strong:#6b757c;--text:#e6e8ea;--muted:#9aa2a9;--accent:#6cc4b5;--good:#5fd08f;--good-soft:#27563d;--info:#82baf6;--warn:#e8c24a;--high:#ffa761;--bad:#ff8080}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:48rem;margin:0 auto;padding:2.5rem 1rem 3rem}
h1{margin:0;font-size:1.5rem;line-height:1.3;letter-spacing:-.01em;overflow-wrap:anywhere}
p{margin:0 0 .75rem;overflow-wrap:anywhere}
a{color:var(--accent)}.muted{color:var(--muted)}
ol,ul{margin:0;padding:0;list-style:none}
label,legend{font-weight:600}
input,textarea{width:100%;min-width:0;padding:.5rem .75rem;border:1px solid var(--strong);border-radius:6px;background:var(--card);color:inherit;font:inherit}
input[type=email]{min-height:2.75rem}
button,.button{display:inline-block;min-height:2.75rem;padding:.6rem 1.25rem;border:0;border-radius:6px;background:var(--accent);color:var(--bg);font:inherit;font-weight:600;line-height:1.55;text-decoration:none;cursor:pointer}
.button{border:1px solid var(--line);background:var(--card);color:var(--text)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.card{padding:1.25rem;border:1px solid var(--line);border-radius:10px;background:var(--card)}
.narrow{max-width:34rem;padding-top:min(12vh,6rem)}
.narrow .card>:last-child{margin-bottom:0}.narrow form{margin-top:1rem}
.narrow footer{margin-top:1rem;font-size:.875rem}.narrow footer a{display:inline-block;padding:.75rem 0}
`;

/** Nothing runs and nothing is fetched; the one style is known by its hash, and forms go to ourselves alone. */
export function publicPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}
