import { createHash } from 'node:crypto';
import { incidentReference } from '@tocsin/schema/domain/incident';
import type { CsatPage } from '@tocsin/schema/postgres/csat';

export const csatLevels = ['Very badly', 'Badly', 'Fair', 'Well', 'Very well'] as const;
export const longestComment = 2_000;

const style = `
:root{color-scheme:light dark;--bg:#f7f8f8;--surface:#fff;--text:#1b2024;--muted:#566068;--line:#c9cfd2;--accent:#0b6b60}
@media (prefers-color-scheme:dark){:root{--bg:#111417;--surface:#171b1f;--text:#e6e8ea;--muted:#9aa2a9;--line:#3a4249;--accent:#6cc4b5}}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0 0 .25rem;font-size:1.375rem;letter-spacing:-.01em}
p{margin:0 0 1rem;color:var(--muted);overflow-wrap:anywhere}
form,.said{padding:1rem;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
.said{margin-bottom:1rem;color:var(--text)}
fieldset{margin:0 0 1rem;padding:0;border:0}
legend,.label{display:block;margin-bottom:.5rem;font-weight:600}
.level{display:flex;align-items:center;gap:.75rem;min-height:2.75rem}
.level input{width:1.25rem;height:1.25rem;accent-color:var(--accent)}
textarea{box-sizing:border-box;width:100%;min-height:6rem;padding:.5rem;border:1px solid var(--line);border-radius:6px;background:var(--bg);color:inherit;font:inherit}
button{min-height:2.75rem;margin-top:1rem;padding:0 1.25rem;border:0;border-radius:6px;background:var(--accent);color:var(--bg);font:inherit;font-weight:600;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`;

/** Nothing runs, nothing is fetched, and nobody frames it or learns the address that is the key. */
export const csatHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function documentOf(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

/** Where the link is none of ours, or its thirty days are over. */
export const csatGone = documentOf(
  'This link has ended',
  '<h1>This link has ended</h1><p>It was used up, is older than thirty days, or was not copied as a whole.</p>',
);

export interface CsatNotice {
  readonly kind: 'saved' | 'refused';
  readonly text: string;
}

/** The question, with what was answered before. */
export function csatPage({ incidentId, incidentTitle, score, comment }: CsatPage, notice: CsatNotice | null): string {
  const reference = incidentReference(incidentId);
  const said =
    notice === null
      ? ''
      : `<p class="said" role="${notice.kind === 'saved' ? 'status' : 'alert'}">${escape(notice.text)}</p>`;
  const levels = csatLevels
    .map((level, index) => {
      const value = csatLevels.length - index;
      const word = csatLevels[value - 1] ?? level;
      const checked = score === value ? ' checked' : '';
      return `<label class="level"><input type="radio" name="score" value="${value}" required${checked}> ${word}</label>`;
    })
    .join('');
  return documentOf(
    `How did ${reference} go?`,
    `<h1>How did ${reference} go?</h1><p>${escape(incidentTitle)}</p>${said}
<form method="post"><fieldset><legend>How was this incident handled?</legend>${levels}</fieldset>
<label><span class="label">What should be kept, or be different? <small>(if you like)</small></span>
<textarea name="comment" maxlength="${longestComment}">${escape(comment ?? '')}</textarea></label>
<button>${score === null ? 'Send' : 'Change the answer'}</button></form>
<p>Managers see the numbers without names, and comments once three people have answered.</p>`,
  );
}
