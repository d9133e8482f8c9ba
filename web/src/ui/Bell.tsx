/** The bell is drawn here, so that it takes the colour of the text. */
export function Bell() {
  return (
    <svg viewBox="0 0 64 64" width="22" height="22" aria-hidden="true">
      <path
        d="M32 8c-2.2 0-3.8 1.6-3.8 3.8V13C20.6 15 16 21 16 28.5v8c0 3-1.2 4.8-3 6.8-1.6 1.7-.6 4.2 1.8 4.2h34.4c2.4 0 3.4-2.5 1.8-4.2-1.8-2-3-3.8-3-6.8v-8c0-7.5-4.6-13.5-12.2-15.5v-1.2C35.8 9.6 34.2 8 32 8z"
        fill="var(--accent)"
      />
      <circle cx="32" cy="54" r="5" fill="var(--sev-medium)" />
    </svg>
  );
}
