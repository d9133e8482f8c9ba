import { Button, Modal } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/graphql.ts';
import { SeverityBadge } from '../../ui/SeverityBadge.tsx';
import { useAct } from '../../ui/useAct.ts';
import { severities } from '../../ui/words.ts';
import type { DialogProps } from '../AssignDialog.tsx';
import { changeSeverity } from '../incidentActions.ts';
import './actions.css';

const criteriaQuery = graphql(`
  query SeverityCriteria {
    severityCriteria {
      severity
      criteria
    }
  }
`);

/** What makes a severity what it is stands with each, so that two people choose alike. */
export function SeverityDialog({ incident, isOpen, onClose }: DialogProps) {
  const [{ data }] = useQuery({ query: criteriaQuery, variables: {}, pause: !isOpen });
  const { act, isActing } = useAct();
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Severity of ${incident.reference}`}>
      <div className="action-choices">
        {severities.map((severity) => {
          const criteria = data?.severityCriteria.find((each) => each.severity === severity)?.criteria;
          const because = severity === incident.severity ? 'as it is now' : criteria;
          return (
            <Button
              key={severity}
              variant="default"
              className="action-choice"
              disabled={isActing || severity === incident.severity}
              onClick={() => void changeSeverity(incident, severity, act).then((done) => done && onClose())}
            >
              <SeverityBadge severity={severity} />
              {because && <span className="action-because">{because}</span>}
            </Button>
          );
        })}
      </div>
    </Modal>
  );
}
