import type { IncidentPanelProps } from '../panels.ts';
import { ItemsPart } from './ItemsPart.tsx';

/** The same list beside the timeline: what comes to mind during the incident is not lost. */
export function ItemsPanel({ incidentId }: IncidentPanelProps) {
  return (
    <div className="panel review-side">
      <ItemsPart incidentId={incidentId} isAskable />
    </div>
  );
}
