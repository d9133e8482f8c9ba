import { createStore } from '../ui/createStore.ts';
import { type Liveness, nextLiveness, type Signal, startLiveness } from './liveness.ts';

export const livenessStore = createStore<Liveness>(startLiveness(Date.now()));

export function signal(next: Signal): void {
  livenessStore.set(nextLiveness(livenessStore.get(), next));
}
