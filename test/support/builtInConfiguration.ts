import type { Configuration } from '@tocsin/ingest/placing';
import { compiledBuiltInRule } from '@tocsin/schema/domain/correlateWindows';
import { Topology } from '@tocsin/schema/domain/topology';

/** What an installation correlates with in which nobody has configured anything. */
export const builtInConfiguration: Configuration = {
  rules: [compiledBuiltInRule],
  topology: new Topology([]),
  suppressorOf: () => null,
};
