import { expect, it } from 'vitest';
import { runbookSteps } from './markdownSteps.js';

it('numbers the task list items of a text, nested and numbered ones too', () => {
  const body = '# Restart\n- [ ] Drain **one**\n  - [x] Wait\n1. [ ] Start\n- [] no\n- plain';
  expect(runbookSteps(body).map(({ step, text }) => `${step} ${text}`)).toEqual([
    '0 Drain **one**',
    '1 Wait',
    '2 Start',
  ]);
});

it('sees no step in fenced code', () => {
  expect(runbookSteps('```\n- [ ] not this\n```\n- [ ] this\n~~~~\n- [ ] nor this\n```\n- [ ] nor that')).toEqual([
    { step: 0, text: 'this' },
  ]);
});
