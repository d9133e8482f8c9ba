import { expect, it } from 'vitest';
import { approvalReason, componentStatesOf } from './stakeholderUpdate.js';

const update = (incidentId: number, progress: 'investigating' | 'resolved', state: 'degraded' | 'major_outage') => ({
  incidentId,
  progress,
  components: [{ componentId: 7, state }],
});

it('shows a component as the worst that the newest update of any incident says', () => {
  const states = componentStatesOf([
    update(1, 'investigating', 'degraded'),
    update(2, 'investigating', 'major_outage'),
    update(1, 'investigating', 'major_outage'),
  ]);
  expect(states.get(7)).toBe('major_outage');
  expect(
    componentStatesOf([update(1, 'investigating', 'degraded'), update(1, 'investigating', 'major_outage')]).get(7),
  ).toBe('degraded');
});

it('shows nothing bad once the newest update says resolved', () => {
  expect(componentStatesOf([update(1, 'resolved', 'degraded'), update(1, 'investigating', 'degraded')]).size).toBe(0);
});

it('asks for a second person where the type or the page does', () => {
  const type = { typeTitle: 'Security', typeNeedsApproval: false };
  expect(approvalReason('internal', type, true)).toBeNull();
  expect(approvalReason('public', type, true)).toContain('status page');
  expect(approvalReason('internal', { ...type, typeNeedsApproval: true }, false)).toContain('Security');
});
