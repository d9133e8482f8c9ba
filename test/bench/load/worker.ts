import { runClosedLoop } from './closedLoop.js';
import type { Load } from './request.js';

// A process of its own: neither what is measured nor what measures waits for the other's garbage collector.
process.once('message', (load) => {
  // Sent by runLoad, which knows the type.
  runClosedLoop(load as Load).then(
    (result) => process.send?.({ result }, () => process.exit(0)),
    (error: unknown) => process.send?.({ error: String(error) }, () => process.exit(1)),
  );
});
