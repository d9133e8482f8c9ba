import type { Random } from './random.js';

const pieces: readonly [Buffer, ...Buffer[]] = [
  Buffer.from([0]),
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xc3]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from('"'),
  Buffer.from('\\'),
  Buffer.from('\\ud800'),
  Buffer.from('}'),
  Buffer.from(']'),
  Buffer.from(','),
  Buffer.from('{"a":'.repeat(2_000)),
  Buffer.from('['.repeat(100_000)),
  Buffer.from('1e999'),
  Buffer.from('%'),
  Buffer.from('&=&=&'),
  Buffer.alloc(200_000, 0x20),
];

/** The bytes with a few of them lost, doubled, flipped or strange. @param other to take a part of */
export function mutateBytes(bytes: Buffer, other: Buffer, random: Random): Buffer {
  let mutated = bytes;
  for (let times = 1 + random.below(3); times > 0; times--) mutated = once(mutated, other, random);
  return mutated;
}

function once(bytes: Buffer, other: Buffer, random: Random): Buffer {
  const from = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + random.below(200));
  const [before, part, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  switch (random.below(6)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, part, part, after]);
    case 3:
      return Buffer.concat([before, random.pick(pieces), after]);
    case 4:
      return Buffer.concat([before, other.subarray(random.below(other.length))]);
    default:
      return Buffer.concat([before, Buffer.from(part.map((byte) => byte ^ (1 << random.below(8)))), after]);
  }
}
