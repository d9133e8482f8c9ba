import { makeDataDir, startProduct } from './product.js';
import { p50p99, short, type Table, whole } from './report.js';
import { addTeams, openAndWait, type Opened, type Pace } from './respondOpen.js';
import { startReceivers } from './respondReceivers.js';
import { checkCosts, type CheckCosts } from './respondSignIn.js';
import { type StepsAtOnce, stepsAtOnce } from './respondSteps.js';
import type { Scope } from './scope.js';
import { spreadOf } from './statistics.js';

/** From an incident that opens to the message that says so, how late steps are that fall due together, and what knowing who asks costs. */
export async function measureRespond(
  scope: Scope,
  { isQuick }: { readonly isQuick: boolean },
): Promise<readonly Table[]> {
  const receivers = await startReceivers(scope);
  const env = { TOCSIN_SMTP_URL: receivers.smtpUrl };
  const product = await startProduct(scope, await makeDataDir(scope), env);
  const costs = await checkCosts(product, isQuick);
  // The first hundred for what is idle, so that nobody had five messages in the minute before; one for the storm.
  const teams = Array.from({ length: 401 }, (_, index) => index + 1);
  await addTeams(product, teams.length, receivers.webhookUrl);
  const paces: readonly Pace[] = [
    { name: 'warm', count: isQuick ? 5 : 50, everyMs: 100, teams: teams.slice(0, 100) },
    { name: 'idle', count: isQuick ? 5 : 100, everyMs: isQuick ? 200 : 500, teams: teams.slice(0, 100) },
    { name: 'busy', count: isQuick ? 50 : 1_000, everyMs: 60, teams: teams.slice(100, 400) },
    { name: 'storm', count: isQuick ? 50 : 1_000, everyMs: 60, teams: teams.slice(400) },
  ];
  const opened: [Pace, Opened][] = [];
  for (const pace of paces) opened.push([pace, await openAndWait(product, receivers, pace)]);
  const due = isQuick ? 1_000 : 10_000;
  return [tableOfMessages(opened.slice(1)), tableOfSteps(due, await stepsAtOnce(product, due)), tableOfCosts(costs)];
}

function tableOfMessages(opened: readonly (readonly [Pace, Opened])[]): Table {
  return {
    title: 'Respond: from an incident that opens to the message',
    columns: ['opened → arrived, p50 / p99 ms', 'SMTP', 'webhook', 'mails', 'posts', 'all told, s after the last'],
    rows: opened.map(([{ name, count, everyMs, teams }, { mails, posts, messages, settledMs }]) => [
      `${name}: ${whole(count)} incidents, one every ${everyMs} ms, of ${whole(teams.length)} team${teams.length === 1 ? '' : 's'}`,
      named(mails, count),
      named(posts, count),
      whole(messages.mails),
      whole(messages.posts),
      short(settledMs / 1_000),
    ]),
    notes: [
      'From before the mutation is sent until the receiver has a message that names the incident. The policy of each team calls a person by mail and a program by webhook, at once.',
      'Of one team everything goes to one address and one channel: five messages go out one by one, then a channel gets one every ten seconds that says how many it stands for, a person a page at once and, after thirty in the minute, one every five seconds. A message lists twenty others and counts the rest: the times are of those that were named.',
    ],
  };
}

/** Of fewer than all it says of how many. */
function named(times: readonly number[], count: number): string {
  const spread = p50p99(spreadOf(times));
  return times.length === count ? spread : `${spread} (${whole(times.length)} named)`;
}

function tableOfSteps(due: number, { lastSeconds, toldSeconds, messages }: StepsAtOnce): Table {
  return {
    title: 'Respond: steps that fall due in the same instant',
    columns: ['steps', 'the last one is taken, s late', 'everybody is told, s after they were due', 'messages'],
    rows: [[whole(due), short(lastSeconds), short(toldSeconds), whole(messages)]],
    notes: [
      'Of as many incidents, to a hundred people: each step makes a page, its message, its event and the next timer.',
    ],
  };
}

function tableOfCosts({ nobody, known, unknown, refused, signIn }: CheckCosts): Table {
  const row = (what: string, spread: CheckCosts['known'], base: CheckCosts['known']) => [
    what,
    p50p99(spread),
    spread === base ? '' : short(spread.p50 - base.p50),
  ];
  return {
    title: 'Respond: knowing who asks',
    columns: ['one request after the other', 'p50 / p99 ms', 'p50 more than with a known token'],
    rows: [
      row('`GET /healthz`, nobody is asked', nobody, known),
      row('`{ __typename }`, token known for ten seconds', known, known),
      row('`{ __typename }`, token looked up', unknown, known),
      row('`{ __typename }`, token that nobody has: 401', refused, known),
      row('sign-in with a password', signIn, known),
    ],
    notes: [
      'A token that is looked up was never used before: its use is noted as well, which later look-ups do once a minute.',
      'A sign-in is one Argon2id of 19 MiB and two passes, a session and an event; two at a time are hashed.',
    ],
  };
}
