import type { Random } from './random.js';

/** Values that break readers: of every type, at every edge. */
const hostile: readonly [() => unknown, ...(() => unknown)[]] = [
  () => null,
  () => true,
  () => '',
  () => ' ',
  () => 'a\0b',
  () => '\ud800',
  () => '\udc00\ud800',
  () => 'x'.repeat(100_000),
  () => '😀'.repeat(20_000),
  () => '__proto__',
  () => 'constructor',
  () => 'javascript:alert(1)',
  () => 'http://169.254.169.254/latest/meta-data',
  () => 'https://sns.eu-central-1.amazonaws.com@evil.example/a.pem',
  () => '${jndi:ldap://a}',
  () => '%00%ff',
  () => 'resolved',
  () => 'firing',
  () => '0001-01-01T00:00:00Z',
  () => '9999-12-31T23:59:59.999999999-12:00',
  () => '2036-02-30T00:00:00Z',
  () => 0,
  () => -0,
  () => -1,
  () => 1e308,
  () => 4_102_444_800,
  () => Number.MAX_SAFE_INTEGER + 1,
  () => [],
  () => ({}),
  () => [null],
  () => [[[[[]]]]],
  () => parse('{"__proto__":{"title":"p"},"constructor":"c","toString":1,"a\\u0000":"\\ud800"}'),
  () => Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`label${i}`, 'x'])),
  () => ({ ['n'.repeat(1_025)]: 'x' }),
  () => Array.from({ length: 3_000 }, (_, i) => ({ title: `t${i}`, labels: { i } })),
  () => nested(900, '{"a":', '}'),
  () => nested(3_000, '[', ']'),
];

function nested(depth: number, open: string, close: string): unknown {
  return parse(open.repeat(depth) + '1' + close.repeat(depth));
}

function parse(json: string): unknown {
  const parsed: unknown = JSON.parse(json);
  return parsed;
}

/** The value with one thing about it changed. */
export function mutateJson(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.15)) return changed(value, random);
  if (Array.isArray(value)) return mutateList(value, random);
  return mutateObject(value, random);
}

function mutateList(list: readonly unknown[], random: Random): unknown {
  const at = random.below(list.length + 1);
  if (list.length === 0 || random.chance(0.1)) return list.toSpliced(at, 0, random.pick(hostile)());
  if (random.chance(0.1)) return list.toSpliced(at, 1);
  if (random.chance(0.1)) return [...list, ...list];
  return list.map((item, index) => (index === at % list.length ? mutateJson(item, random) : item));
}

function mutateObject(value: object, random: Random): unknown {
  const entries = Object.entries(value);
  const at = random.below(entries.length);
  const entry = entries[at];
  if (entry === undefined || random.chance(0.05)) return { ...value, [`x${random.below(9)}`]: random.pick(hostile)() };
  const [name, item] = entry;
  const others = entries.filter((_, index) => index !== at);
  if (random.chance(0.07)) return Object.fromEntries(others);
  if (random.chance(0.05)) return Object.fromEntries([...others, [name.toUpperCase(), item]]);
  const swapped = random.chance(0.05) ? entries[random.below(entries.length)]?.[1] : undefined;
  const next = swapped === undefined ? mutateJson(item, random) : swapped;
  return Object.fromEntries(entries.map(([key, old]) => [key, key === name ? next : old]));
}

function changed(value: unknown, random: Random): unknown {
  // JSON within a text, as SNS sends it.
  if (typeof value === 'string' && /^\{"[^]*\}$/.test(value) && random.chance(0.8)) {
    return JSON.stringify(mutateJson(JSON.parse(value), random));
  }
  if (typeof value === 'string' && random.chance(0.3)) return value.slice(0, random.below(value.length + 1));
  if (typeof value === 'number' && random.chance(0.3)) return value * (random.next() * 4 - 2);
  return random.pick(hostile)();
}
