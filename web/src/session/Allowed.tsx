import type { ReactNode } from 'react';
import { type PermissionName, useMay } from './viewer.ts';

interface AllowedProps {
  readonly to: PermissionName;
  readonly children: ReactNode;
}

/** What only some may do, shown to them alone. */
export function Allowed({ to, children }: AllowedProps) {
  return useMay()(to) ? children : null;
}
