import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

interface FilterMenuProps {
  readonly label: string;
  readonly options: readonly FilterOption[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const searchedFrom = 8;

function Options({ label, options, chosen, onChange }: FilterMenuProps) {
  const [text, setText] = useState('');
  const shown = options.filter((option) => option.label.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <>
      {options.length >= searchedFrom && (
        <TextInput
          size="xs"
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className="filter-options" role="group" aria-label={label}>
        {shown.map((option) => (
          <Checkbox
            key={option.value}
            size="xs"
            className="filter-option"
            label={option.label}
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, option.value]
                  : chosen.filter((each) => each !== option.value),
              )
            }
          />
        ))}
        {shown.length === 0 && <span className="muted">Nothing by that name</span>}
      </div>
      {chosen.length > 0 && (
        <button type="button" className="link-button" onClick={() => onChange([])}>
          All
        </button>
      )}
    </>
  );
}

/** One filter: what is chosen stands on the button. */
export function FilterMenu(props: FilterMenuProps) {
  const { label, options, chosen } = props;
  const first = options.find(({ value }) => value === chosen[0])?.label ?? chosen[0];
  const rest = chosen.length > 1 ? ` +${chosen.length - 1}` : '';
  return (
    <Popover position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant={chosen.length > 0 ? 'light' : 'default'}
          size="xs"
          rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden="true" />}
        >
          {first === undefined ? label : `${label}: ${first}${rest}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="analytics-popover">
        <Options {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}
