import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Markdown } from './Markdown.tsx';

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

it('shows lists, tables and links', () => {
  expect(html('- one')).toContain('<li>one</li>');
  expect(html('|a|\n|-|\n|1|')).toContain('<td>1</td>');
  expect(html('[site](https://example.com)')).toContain('href="https://example.com"');
});

it('runs and loads nothing that a text brings along', () => {
  const texts = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '"><iframe src="javascript:alert(1)"></iframe>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHN2Zz4=)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '![pixel](https://evil.example/p.png)',
    '<a href="javascript:alert(1)">x</a>',
  ];
  for (const text of texts) {
    const shown = html(text);
    expect(shown).not.toMatch(/<(?:script|img|svg|iframe|object|style)/i);
    expect(shown).not.toMatch(/href="(?!https:\/\/evil\.example\/p\.png")/);
  }
});

it('numbers the steps and ticks those that are done', () => {
  const steps = { done: new Set([1]), onTick: () => undefined };
  const shown = renderToStaticMarkup(<Markdown text={'- [ ] a\n- [x] b\n  - [ ] c'} steps={steps} />);
  const boxes = shown.match(/<input[^>]*>/g) ?? [];
  expect(boxes.map((box) => /aria-label="(Step \d)"/.exec(box)?.[1])).toEqual(['Step 1', 'Step 2', 'Step 3']);
  expect(boxes.map((box) => box.includes('checked'))).toEqual([false, true, false]);
});

it('puts the headings of a text below the one of the page', () => {
  expect(html('# Failover\n\n## Before')).toBe('<div class="markdown"><h2>Failover</h2>\n<h3>Before</h3></div>');
});
