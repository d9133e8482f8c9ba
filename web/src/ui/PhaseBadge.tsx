import {
  IconArrowMerge,
  IconBellRinging,
  IconCheck,
  IconChecks,
  IconEye,
  IconFilter,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react';
import type { IncidentPhase } from '../graphql/graphql.ts';
import './badges.css';
import { phaseWords } from './words.ts';

const icons: Readonly<Record<IncidentPhase, typeof IconCheck>> = {
  DETECTED: IconBellRinging,
  TRIAGED: IconFilter,
  ACKNOWLEDGED: IconEye,
  MITIGATED: IconShieldCheck,
  RESOLVED: IconCheck,
  CLOSED: IconChecks,
  MERGED: IconArrowMerge,
  DISMISSED: IconX,
};

/** The phase by word and sign; what nobody has taken yet stands out. */
export function PhaseBadge({ phase }: { readonly phase: IncidentPhase }) {
  const Sign = icons[phase];
  return (
    <span className="phase" data-phase={phase}>
      <Sign size={14} stroke={2} aria-hidden="true" />
      {phaseWords[phase]}
    </span>
  );
}
