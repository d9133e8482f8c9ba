import { describe, expect, it } from 'vitest';
import { draftOf, finished } from './labelDraft.ts';
import { matcherProblem, parseMatchers, printMatcher } from './labelMatcher.ts';

describe('reading label matchers', () => {
  it('reads all four operators', () => {
    expect(parseMatchers('a="1", b!="2",c=~"3", d!~"4"')?.map(({ op }) => op)).toEqual([
      'EQ',
      'NOT_EQ',
      'REGEX',
      'NOT_REGEX',
    ]);
  });

  it('reads what Prometheus prints, braces included', () => {
    expect(parseMatchers('{service.name="checkout"}')).toEqual([{ name: 'service.name', op: 'EQ', value: 'checkout' }]);
  });

  it('reads a bare value and an empty one', () => {
    expect(parseMatchers('env=prod')).toEqual([{ name: 'env', op: 'EQ', value: 'prod' }]);
    expect(parseMatchers('env=""')).toEqual([{ name: 'env', op: 'EQ', value: '' }]);
  });

  it('refuses what it does not understand instead of guessing', () => {
    expect(parseMatchers('checkout')).toBeNull();
    expect(parseMatchers('a="b" c')).toBeNull();
    expect(parseMatchers('a="b')).toBeNull();
    expect(parseMatchers('')).toBeNull();
  });

  it('reads back what it prints, quotes, backslashes and line breaks included', () => {
    const matcher = { name: 'path', op: 'REGEX', value: 'C:\\\\"x"\n.*' } as const;
    expect(parseMatchers(printMatcher(matcher))).toEqual([matcher]);
  });

  it('names a regular expression that does not compile', () => {
    expect(matcherProblem({ name: 'a', op: 'REGEX', value: '(' })).toContain('(');
    expect(matcherProblem({ name: 'a', op: 'EQ', value: '(' })).toBeNull();
  });
});

describe('a matcher while it is typed', () => {
  it('completes the name first, then the operator, then the value', () => {
    expect(draftOf('serv')).toEqual({ part: 'name', name: 'serv' });
    expect(draftOf('service ')).toEqual({ part: 'op', name: 'service' });
    expect(draftOf('service!')).toEqual({ part: 'op', name: 'service' });
    expect(draftOf('service=~"che')).toEqual({ part: 'value', name: 'service', op: 'REGEX', value: 'che' });
  });

  it('takes a bare value with spaces on Enter', () => {
    expect(finished('title=Disk is full')).toEqual([{ name: 'title', op: 'EQ', value: 'Disk is full' }]);
  });

  it('waits for a value', () => expect(finished('title')).toBeNull());
});
