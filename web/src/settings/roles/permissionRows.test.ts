import { permissions } from '@tocsin/schema/domain/permission';
import { describe, expect, it } from 'vitest';
import { permissionGroups, permissionTitle } from './permissionRows.ts';

describe('the permission table on screen', () => {
  it('names what each row is about', () => {
    expect(permissionTitle('Mutation.acknowledgeIncident')).toBe('Acknowledge incident');
    expect(permissionTitle('Mutation.createApiToken')).toBe('Create API token');
    expect(permissionTitle('Person.email')).toBe('Person: email');
    expect(permissionTitle('NotificationChannel.lastError')).toBe('Notification Channel: last error');
    expect(permissionTitle('Subscription.incidentEvents')).toBe('Live: incident events');
    expect(permissionTitle('Query.*')).toBe('Everything else');
  });

  it('leaves no row of the table out', () => {
    const shown = permissionGroups().flatMap(({ rows }) => rows.map(({ key }) => key));
    expect(shown.toSorted()).toEqual(Object.keys(permissions).toSorted());
  });

  it('says who may besides the role, and who may not', () => {
    const rows = new Map(permissionGroups().flatMap(({ rows }) => rows.map((row) => [row.key, row])));
    expect(rows.get('Mutation.acknowledgeIncident')?.also).toBe('who works on the incident');
    expect(rows.get('Mutation.publishReview')?.also).toBe('the incident’s reviewer; never the author');
    expect(rows.get('Mutation.closeIncident')?.also).toBe('');
  });
});
