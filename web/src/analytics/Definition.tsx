import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { KpiDefinition } from './analyticsQueries.ts';

/** What a number means, word for word as it is computed. */
export function Definition({ definition }: { readonly definition: KpiDefinition }) {
  return (
    <Popover position="bottom-start" shadow="md" width={320} withArrow>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          className="definition-button"
          aria-label={`What “${definition.name}” means`}
        >
          <IconInfoCircle size={15} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="analytics-popover">
        <p className="definition-text">{definition.definition}</p>
        <dl className="definition">
          <dt>{definition.denominator === null ? 'Counted' : 'Numerator'}</dt>
          <dd>{definition.numerator}</dd>
          {definition.denominator !== null && (
            <>
              <dt>Denominator</dt>
              <dd>{definition.denominator}</dd>
            </>
          )}
          <dt>Dated by</dt>
          <dd>{definition.datedBy}</dd>
          <dt>Better</dt>
          <dd>{definition.lowerIsBetter ? 'the lower' : 'the higher'}</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
