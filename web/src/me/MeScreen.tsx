import { Suspense } from 'react';
import { useViewer } from '../session/viewer.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { roleWords } from '../ui/people.ts';
import { SkeletonRows } from '../ui/states.tsx';
import './me.css';
import { meParts } from './parts.ts';

/** What concerns the person who looks: their work first, then how they are reached and who they are. */
export function MeScreen() {
  const { name, handle, role } = useViewer().person;
  return (
    <div className="me">
      <header className="me-head">
        <Avatar name={name} />
        <div>
          <h1>{name}</h1>
          <p className="muted">
            @{handle} · {roleWords[role]}
          </p>
        </div>
      </header>
      {meParts.map(({ id, title, Part }) => (
        <section key={id} id={id} className="panel me-part" aria-label={title}>
          <h2 className="panel-title">{title}</h2>
          <div className="me-body">
            <Suspense fallback={<SkeletonRows rows={2} />}>
              <Part />
            </Suspense>
          </div>
        </section>
      ))}
    </div>
  );
}
