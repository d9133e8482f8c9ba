import { IconAlertTriangle } from '@tabler/icons-react';

interface RuleFailuresProps {
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
}

/** Rules that could not be decided on the alert: without them it might stand elsewhere. */
export function RuleFailures({ failures }: RuleFailuresProps) {
  if (failures.length === 0) return null;
  return (
    <ul className="rule-failures">
      {failures.map(({ ruleId, message }) => (
        <li key={ruleId}>
          <IconAlertTriangle size={13} stroke={2} aria-hidden="true" />
          <span>
            Rule <b>{ruleId}</b> was skipped, it failed: {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
