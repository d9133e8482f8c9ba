import { NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import {
  type DurationParts,
  type DurationUnit,
  durationUnits,
  secondsOf,
  splitDuration,
  unitWords,
} from './durationField.ts';
import './durationInput.css';

interface DurationInputProps {
  readonly label: string;
  readonly description?: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
  /** @default 0 */
  readonly min?: number;
  readonly isDisabled?: boolean;
}

/** A duration as a number and a unit; the value is in seconds. */
export function DurationInput({ label, description, seconds, onChange, min = 0, isDisabled }: DurationInputProps) {
  const [parts, setParts] = useState<DurationParts>(() => splitDuration(seconds));
  // What a person chose ("90 minutes") stays as chosen; another value from outside is split anew.
  const shown = secondsOf(parts) === seconds ? parts : splitDuration(seconds);
  const change = (next: DurationParts) => {
    setParts(next);
    onChange(secondsOf(next));
  };
  const unitOf = (value: string): DurationUnit => durationUnits.find((each) => each === value) ?? shown.unit;
  return (
    <div className="duration-input">
      <NumberInput
        label={label}
        description={description}
        value={shown.amount}
        onChange={(amount) => change({ ...shown, amount: Math.max(min, Number(amount) || 0) })}
        min={min}
        max={9_999}
        allowDecimal={false}
        hideControls
        clampBehavior="blur"
        disabled={isDisabled ?? false}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      <NativeSelect
        aria-label={`${label}: unit`}
        value={shown.unit}
        onChange={(event) => change({ ...shown, unit: unitOf(event.currentTarget.value) })}
        data={durationUnits.map((value) => ({ value, label: unitWords[value] }))}
        disabled={isDisabled ?? false}
      />
    </div>
  );
}
