import { IconArrowRight } from '@tabler/icons-react';
import { Fragment } from 'react';

/** The services from one to another, as a small chain. */
export function ServicePath({ path }: { readonly path: readonly string[] }) {
  return (
    <span className="service-path">
      {path.map((service, index) => (
        <Fragment key={service}>
          {index > 0 && <IconArrowRight size={12} stroke={2} aria-label="to" />}
          <span className="chip">{service}</span>
        </Fragment>
      ))}
    </span>
  );
}
