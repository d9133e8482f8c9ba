import { describe, expect, it } from 'vitest';
import { draftOf, draftProblem, finished } from './labelDraft.ts';
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

  it('refuses a bare value with spaces on Enter and shows how to quote it', () => {
    expect(finished('title=Disk is full')).toBeNull();
    expect(draftProblem('title=Disk is full')).toBe('A value with spaces goes in quotes: title="Disk is full"');
  });

  it('takes a quoted value with spaces, its closing quote missing or not', () => {
    const matcher = { name: 'title', op: 'EQ', value: 'Disk is full' };
    expect(finished('title="Disk is full"')).toEqual([matcher]);
    expect(finished('title="Disk is full')).toEqual([matcher]);
  });

  it('waits for a value', () => expect(finished('title')).toBeNull());
});
