import { expect, it } from 'vitest';
import { markdownHtml } from './markdown.js';

it('renders lists, links and tables', () => {
  const html = markdownHtml('- one\n\n[site](https://example.com)\n\n|a|\n|-|\n|1|');
  expect(html).toContain('<li>one</li>');
  expect(html).toContain('<a href="https://example.com" rel="noopener noreferrer nofollow">');
  expect(html).toContain('<table>');
});

it('lets no HTML, no script address and no picture through', () => {
  expect(markdownHtml('<b>x</b>')).toBe('<p>&lt;b&gt;x&lt;/b&gt;</p>\n');
  expect(markdownHtml('[a](javascript:alert(1))')).not.toContain('href');
  expect(markdownHtml('![a](https://example.com/a.png)')).not.toContain('<img');
});
