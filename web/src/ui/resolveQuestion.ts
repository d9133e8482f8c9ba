import { createStore } from './createStore.ts';

export interface ResolveQuestion {
  /** How many alerts still fire; more than 0. */
  readonly firing: number;
  readonly answer: (isSure: boolean) => void;
}

/** Set while a person is being asked whether to resolve although alerts still fire. */
export const resolveQuestion = createStore<ResolveQuestion | null>(null);

/** Whether to resolve these incidents: asks once where alerts still fire, for they can open it again. */
export function confirmResolve(incidents: readonly { readonly firingAlertCount: number }[]): Promise<boolean> {
  const firing = incidents.reduce((sum, { firingAlertCount }) => sum + firingAlertCount, 0);
  if (firing === 0) return Promise.resolve(true);
  resolveQuestion.get()?.answer(false);
  return new Promise((resolve) => {
    resolveQuestion.set({
      firing,
      answer: (isSure) => {
        resolveQuestion.set(null);
        resolve(isSure);
      },
    });
  });
}
