/**
 * Chromium under a POSIX locale calls its language `en-US@posix`, which `Intl` refuses by throwing. A library that
 * passes `navigator.language` on could not even be loaded.
 */
export function ensureWellFormedLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
  }
}
