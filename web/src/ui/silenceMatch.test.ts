import { expect, it } from 'vitest';
import { silenceMatch } from './silenceMatch.ts';

const alert = {
  labels: [
    { name: 'alertname', value: 'Disk "root" is full' },
    { name: 'pod', value: String.raw`a\b` },
  ],
};

it('a silence starts from the labels of an alert, quoted as CEL quotes', () => {
  expect(silenceMatch(alert)).toBe(
    String.raw`labels["alertname"] == "Disk \"root\" is full" && labels["pod"] == "a\\b"`,
  );
});
