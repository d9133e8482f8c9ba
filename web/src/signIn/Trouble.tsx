import type { ReactNode } from 'react';

/** Why it did not work, read out at once. */
export function Trouble({ children }: { readonly children: ReactNode }) {
  return (
    <p className="sign-in-trouble" role="alert">
      {children}
    </p>
  );
}
