import { expect, test } from 'vitest';
import { renderMessage } from './render.js';
import { renderTemplate, TemplateFailure } from './templates.js';

const incident = {
  id: 7,
  title: '<script>alert(1)</script> "down"\n{{ secret }}',
  description: null,
  type: 'operational',
  severity: 'critical',
  phase: 'detected',
  status: 'detected',
  services: ['checkout', 'db'],
  environment: 'production',
  team: null,
  assignee: null,
  priority: 1,
} as const;
const facts = { person: { handle: 'ada', name: 'Ada' }, incident };
const message = {
  key: 'k',
  template: 'incident.paged',
  values: {},
  severity: 'high',
  isRepeat: false,
  bundled: [],
} as const;
const links = { dashboardUrl: 'https://t.example', acknowledgeUrl: 'https://t.example/act/x' };

test('a title is text: no HTML in mail, no template of its own, one line', () => {
  const { title, html, text, url } = renderMessage(message, facts, null, links);
  expect(title).toBe('CRITICAL INC-7 <script>alert(1)</script> "down" {{ secret }}');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script');
  expect(text).toBe('You are asked to look at this incident.\n\nServices: checkout, db\nEnvironment: production');
  expect(url).toBe('https://t.example/incidents/7');
});

test('a saved template is used, and one that cannot be rendered gives way to the built-in', () => {
  const saved = { title: '{{ person.name }}: {{ incident.reference }}', body: '{{ incident.services | join: "+" }}' };
  expect(renderMessage(message, facts, saved, links)).toMatchObject({ title: 'Ada: INC-7', text: 'checkout+db' });
  const broken = { title: '{{ incident.title | nonsense }}', body: '{% if %}' };
  expect(renderMessage(message, facts, broken, links).title).toMatch(/^CRITICAL INC-7/);
});

test('what nobody has a template for is said as it is asked', () => {
  const plain = {
    ...message,
    template: 'review.due',
    values: { title: 'Review due', text: 'Tomorrow', url: 'javascript:x' },
  };
  expect(renderMessage(plain, { person: null, incident: null }, null, links)).toMatchObject({
    title: 'Review due',
    text: 'Tomorrow',
    url: null,
  });
});

test('a template reads values and nothing behind them, and is limited', () => {
  expect(renderTemplate('{{ a.constructor }}{{ a.__proto__ }}|{{ a.b }}', { a: { b: 1 } })).toBe('|1');
  expect(() => renderTemplate('{% include "/etc/passwd" %}', {})).toThrow(TemplateFailure);
  expect(() => renderTemplate('{% render "x" %}', {})).toThrow(TemplateFailure);
  const endless = '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ b }}{% endfor %}{% endfor %}';
  expect(() => renderTemplate(endless, {})).toThrow(TemplateFailure);
  expect(() => renderTemplate('x'.repeat(70_000), {})).toThrow(TemplateFailure);
});

test('in a template for JSON a value ends no string', () => {
  const text = renderTemplate('{"text":"{{ title }}"}', { title: 'a", "admin":true, "b":"\n\\' }, 'json');
  expect(JSON.parse(text)).toEqual({ text: 'a", "admin":true, "b":"\n\\' });
});
