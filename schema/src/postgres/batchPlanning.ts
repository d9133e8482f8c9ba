/**
 * Server settings of the connections that commit batches. A statement planned while a table is empty or unanalysed keeps
 * its plan while the table grows: a sequential scan made 8.2k of 13.6k alerts/s, and a bitmap scan of every open alert
 * made the two look-ups of a batch cost 75 ms each at 2,300 open alerts, against under 1 ms by index. Every statement of
 * a batch has its index, and a nested loop over the batch is the only plan that is ever right there.
 */
const never = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'] as const;

export const batchPlanning = ['-c jit=off', ...never.map((plan) => `-c enable_${plan}=off`)].join(' ');
