import fc from 'fast-check';

export const people = ['ada', 'grace', 'linus'];
const person = fc.constantFrom(...people);
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'B', ' ', '#', ':', '-', '"', "'", '{', '%', 'é', '👩', '|', '7') }),
  fc.constantFrom('null', 'Yes', '12', '~', 'a: b', '- x', '# y', '12:30', '2026-01-01'),
);
const name = word.map((text) => text.trim()).filter((text) => text !== '' && text.length <= 40);
const body = fc
  .array(word, { minLength: 1, maxLength: 6 })
  .map((lines) => lines.join('\n').trim())
  .filter((text) => text !== '');
const distinct = (most: number) => fc.uniqueArray(name, { maxLength: most, selector: (text) => text.toLowerCase() });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const pickOf = (names: readonly string[]) =>
  names.length === 0 ? fc.constant(null) : maybe(fc.constantFrom(...names));
const condition = maybe(fc.constantFrom('severity >= high', 'hour < 8', 'team == "a: b"'));

interface Named {
  readonly teams: readonly string[];
  readonly schedules: readonly string[];
  readonly policies: readonly string[];
  readonly channels: readonly string[];
  readonly services: readonly string[];
  readonly runbooks: readonly string[];
  readonly rules: readonly string[];
}

const named = fc.record<Named>({
  teams: distinct(3),
  schedules: distinct(3),
  policies: distinct(3),
  channels: distinct(2),
  services: distinct(3),
  runbooks: distinct(2),
  rules: distinct(3),
});

function each<T extends object>(names: readonly string[], rest: fc.Arbitrary<T>, key = 'name') {
  return fc.tuple(...names.map((own) => rest.map((value) => ({ [key]: own, ...value }))));
}

function targets(all: Named) {
  const kinds = [
    ...people.map((own) => ({ person: own })),
    ...all.schedules.map((own) => ({ schedule: own })),
    ...all.teams.map((own) => ({ team: own })),
    ...all.channels.map((own) => ({ channel: own })),
  ];
  return fc.subarray(kinds, { minLength: 1 });
}

const layer = fc.record({
  name,
  startsOn: fc.constantFrom('2026-01-05', '2027-02-28'),
  endsOn: maybe(fc.constant('2028-02-29')),
  handoff: fc.constantFrom('00:00', '09:30', '23:59'),
  turnUnit: fc.constantFrom('hour', 'day', 'week'),
  turnLength: fc.integer({ min: 1, max: 366 }),
  people: fc.array(person, { maxLength: 4 }),
  restrictions: fc.array(
    fc.record({
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      from: fc.constantFrom('08:00', '22:00'),
      until: fc.constantFrom('06:00', '18:30'),
    }),
    { maxLength: 2 },
  ),
});

function action(all: Named) {
  const schedule = pickOf(all.schedules);
  return fc.oneof(
    fc.record({ kind: fc.constant('addTag'), tag: name }),
    fc.record({ kind: fc.constant('assign'), handle: person }),
    schedule.map((own) => ({ kind: 'assign', ...(own === null ? { handle: 'ada' } : { schedule: own }) })),
    fc.record({ kind: fc.constant('setField'), field: fc.constant('f'), value: maybe(fc.oneof(name, fc.integer())) }),
    pickOf(all.runbooks).map((own) =>
      own === null ? { kind: 'setSeverity', severity: 'low' } : { kind: 'attachRunbook', runbook: own },
    ),
  );
}

/** A configuration of everything that a file may hold about people and process, whose names are hostile to YAML. */
export const anyConfiguration = named.chain((all) =>
  fc.record({
    services: each(all.services, fc.record({ team: pickOf(all.teams), escalationPolicy: pickOf(all.policies) })),
    teams: each(
      all.teams,
      fc.record({
        description: maybe(body),
        escalationPolicy: pickOf(all.policies),
        members: fc
          .subarray(people)
          .map((own) => own.map((handle) => ({ person: handle, role: handle === 'ada' ? 'manager' : 'responder' }))),
      }),
    ),
    schedules: each(
      all.schedules,
      fc.record({
        team: pickOf(all.teams),
        timeZone: fc.constantFrom('UTC', 'Asia/Kathmandu'),
        layers: fc.array(layer, { maxLength: 2 }),
      }),
    ),
    escalationPolicies: each(
      all.policies,
      fc.record({
        team: pickOf(all.teams),
        repeatCount: fc.integer({ min: 0, max: 20 }),
        unacknowledgeSeconds: maybe(fc.integer({ min: 300, max: 604_800 })),
        pageWhen: condition,
        steps: fc.array(
          fc.record({
            delaySeconds: fc.integer({ min: 0, max: 86_400 }),
            mode: fc.constantFrom('all', 'roundRobin'),
            condition,
            targets: targets(all),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    ),
    channels: each(
      all.channels,
      fc.record({
        kind: fc.constant('webhook'),
        team: pickOf(all.teams),
        settings: fc.record(
          { url: fc.constant('https://example.com/a'), template: fc.constantFrom('{{ text }}', 'a: b\n# c') },
          { requiredKeys: [] },
        ),
        isEnabled: fc.boolean(),
        ratePerMinute: fc.integer({ min: 1, max: 600 }),
        subscriptions: fc.array(
          fc.record({ kinds: fc.subarray(['incident.opened', 'incident.closed'], { minLength: 1 }), condition }),
          {
            maxLength: 2,
          },
        ),
      }),
    ),
    incidentTypes: fc.uniqueArray(fc.constantFrom('operational', 'security', 'own_one', 'own_two')).chain((keys) =>
      each(
        keys,
        fc.record({
          title: name,
          isRestricted: fc.boolean(),
          defaultSeverity: fc.constantFrom('low', 'medium'),
          closing: fc.record({
            reviewFrom: maybe(fc.constantFrom('high', 'low')),
            openTasks: fc.constantFrom('allowed', 'refused'),
          }),
          fields: fc.constantFrom([], [{ key: 'f', title: 'F', kind: 'choice', choices: ['a: b', 'no'] }]),
        }),
        'key',
      ),
    ),
    priorityMatrix: fc.constantFrom(
      [
        [1, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 4],
      ],
    ),
    severityCriteria: fc.record({ critical: body, low: body }, { requiredKeys: [] }),
    messageTemplates: fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom('notification', 'stakeholder'),
        key: fc.constantFrom('page', 'x: y'),
        type: maybe(fc.constant('security')),
        title: fc.constantFrom('a: b', '- c'),
        body: fc.constantFrom('{{ x }}\n  # y', 'null'),
      }),
      {
        selector: ({ kind, key, type }) => `${kind} ${key} ${type}`,
        maxLength: 4,
      },
    ),
    runbooks: each(
      all.runbooks,
      fc.record({
        body,
        team: pickOf(all.teams),
        services: fc.subarray([...all.services]),
        types: fc.subarray(['security']),
        condition,
        isArchived: fc.boolean(),
      }),
      'title',
    ),
    automation: each(
      all.rules,
      fc.record({
        isEnabled: fc.boolean(),
        team: pickOf(all.teams),
        kinds: fc.constantFrom(['incident.opened'], ['incident.closed', 'incident.opened']),
        condition,
        actions: fc.array(action(all), { minLength: 1, maxLength: 3 }),
      }),
    ),
    statusPage: fc.record({
      title: name,
      description: maybe(name),
      isPublic: fc.boolean(),
      needsApproval: fc.boolean(),
      components: fc
        .subarray([...all.services])
        .map((own) => own.map((service) => ({ service, title: service, group: null }))),
    }),
  }),
);
