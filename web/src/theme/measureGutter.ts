/** Tells the style sheet how wide the scrollbar's gutter is: 0 where scrollbars lie over the page. */
export function measureGutter(): void {
  const probe = document.createElement('div');
  probe.style.cssText = 'position: absolute; visibility: hidden; overflow: scroll';
  document.body.append(probe);
  const width = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  document.documentElement.style.setProperty('--gutter', `${width}px`);
}
