// tsc leaves .sql files behind; the migrations belong beside the compiled runner that reads them.
import { cp } from 'node:fs/promises';

for (const store of ['postgres', 'clickhouse']) {
  await cp(
    new URL(`../src/${store}/migrations`, import.meta.url),
    new URL(`../dist/${store}/migrations`, import.meta.url),
    { recursive: true },
  );
}
