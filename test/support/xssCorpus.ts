/** Texts that would run or load something wherever one of them were taken for markup. */
export const xssCorpus: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '"><iframe src="javascript:alert(1)"></iframe>',
  "' onmouseover='alert(1)",
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](&#106;avascript:alert(1))',
  '[click](java\tscript:alert(1))',
  '[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[click](vbscript:msgbox(1))',
  '<javascript:alert(1)>',
  '![x](https://evil.example/pixel.png)',
  '![x](javascript:alert(1))',
  '[x]: javascript:alert(1)\n\n[x]',
  '<a href="javascript:alert(1)">x</a>',
  '<style>@import "https://evil.example/x.css"</style>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '</textarea></title></style><script>alert(1)</script>',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><input name=x></form>',
  ']]><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
];

/** What of a page's HTML could run or load something that we did not write; empty where all is well. */
export function dangersOf(html: string): readonly string[] {
  const tags = [...html.matchAll(/<([a-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi)];
  return tags.flatMap(([whole, name = '', attributes = '']) => {
    const isForbidden = /^(?:script|iframe|object|embed|svg|math|img|base|style|template|video|audio)$/i.test(name);
    const runs = /\son\w+\s*=/i.test(attributes.replace(/"[^"]*"|'[^']*'/g, '""'));
    const targets = [...attributes.matchAll(/(?:href|src|action)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi)];
    const leads = targets.some(
      ([, double, single, bare]) => !/^(?:https?:|mailto:|\/|#)/i.test((double ?? single ?? bare ?? '').trim()),
    );
    return isForbidden || runs || leads ? [whole] : [];
  });
}
