import { incidentReference } from '@tocsin/schema/domain/incident';
import type { CsatPage } from '@tocsin/schema/postgres/csat';
import { publicPolicy, publicStyle } from '../publicStyle.js';

export const csatLevels = ['Very badly', 'Badly', 'Fair', 'Well', 'Very well'] as const;
export const longestComment = 2_000;

const style = `${publicStyle}
.about{margin:.25rem 0 1rem}.said{margin:0 0 1rem;font-weight:600}
fieldset{margin:0 0 1rem;padding:0;border:0}legend{margin-bottom:.5rem;padding:0}
.level{display:flex;align-items:center;gap:.75rem;min-height:2.75rem;padding:0 .75rem;border:1px solid var(--line);border-radius:6px;font-weight:400;cursor:pointer}.level+.level{margin-top:.375rem}
.level:has(:checked){border-color:var(--accent);background:var(--bg);font-weight:600}
.level input{flex:none;width:1.25rem;height:1.25rem;accent-color:var(--accent)}
textarea{display:block;min-height:6rem;margin-top:.5rem}small{color:var(--muted);font-weight:400}
form button{margin-top:1rem}.narrow form{margin-top:0}
`;

/** Nothing runs, nothing is fetched, and nobody frames it or learns the address that is the key. */
export const csatHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  'content-security-policy': publicPolicy(style),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function documentOf(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head><body><main class="narrow">${body}</main></body></html>`;
}

/** Where the link is none of ours, or its thirty days are over. */
export const csatGone = documentOf(
  'This link has ended',
  '<div class="card"><h1>This link has ended</h1><p class="muted">It was used up, is older than thirty days, or was not copied as a whole.</p></div>',
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
    `<div class="card"><h1>How did ${reference} go?</h1><p class="about muted">${escape(incidentTitle)}</p>${said}
<form method="post"><fieldset><legend>How was this incident handled?</legend>${levels}</fieldset>
<label>What should be kept, or be different? <small>(if you like)</small>
<textarea name="comment" maxlength="${longestComment}">${escape(comment ?? '')}</textarea></label>
<button>${score === null ? 'Send' : 'Change the answer'}</button></form>
</div><footer class="muted">Managers see the numbers without names, and comments once three people have answered.</footer>`,
  );
}
