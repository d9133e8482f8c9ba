import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt('default', { html: false, linkify: true, typographer: false });
// Only what a person can follow: `javascript:`, `data:` and whatever else is text.
markdown.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url.trim());
// A picture tells its host who reads, and when.
markdown.disable('image');
const plain = markdown.renderer.rules['link_open'];
markdown.renderer.rules['link_open'] = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  return plain ? plain(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
};

/** HTML of a markdown text: no HTML of its own passes, links lead to http, https or mailto, pictures are links. */
export function markdownHtml(text: string): string {
  return markdown.render(text);
}
