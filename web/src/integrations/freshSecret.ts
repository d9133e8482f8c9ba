import { createStore } from '../ui/createStore.ts';

export interface FreshSecret {
  readonly integrationId: string;
  readonly secret: string;
  readonly why: 'created' | 'rotated';
}

/** The secret the server has just told, for as long as its integration is on screen. It is kept nowhere else. */
export const freshSecret = createStore<FreshSecret | null>(null);
