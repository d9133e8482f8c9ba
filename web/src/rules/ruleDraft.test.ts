import { describe, expect, it } from 'vitest';
import { ruleChanges } from './ruleDiff.ts';
import { type DraftRule, type DraftState, freshKey, isChanged, newRule, reduceDraft } from './ruleDraft.ts';

const rule = (id: string, patch: Partial<DraftRule> = {}): DraftRule => ({ ...newRule(id), id, name: id, ...patch });
const base = (...rules: readonly DraftRule[]) => ({ version: 3, rules });
const start: DraftState = { base: base(rule('a'), rule('b'), rule('c')), rules: [rule('a'), rule('b'), rule('c')] };
const keys = ({ rules }: DraftState) => rules.map(({ key }) => key);

describe('a draft of rules', () => {
  it('is unchanged until something is', () => {
    expect(isChanged(start)).toBe(false);
    expect(isChanged(reduceDraft(start, { type: 'changed', key: 'b', patch: { holdSeconds: 60 } }))).toBe(true);
    expect(isChanged(reduceDraft(start, { type: 'moved', key: 'b', to: 0 }))).toBe(true);
  });

  it('is unchanged again when a change is taken back by hand', () => {
    const there = reduceDraft(start, { type: 'changed', key: 'b', patch: { team: 'payments' } });
    expect(isChanged(reduceDraft(there, { type: 'changed', key: 'b', patch: { team: null } }))).toBe(false);
  });

  it('moves a rule within the list and no further', () => {
    expect(keys(reduceDraft(start, { type: 'moved', key: 'a', to: 2 }))).toEqual(['b', 'c', 'a']);
    expect(keys(reduceDraft(start, { type: 'moved', key: 'c', to: -5 }))).toEqual(['c', 'a', 'b']);
    expect(keys(reduceDraft(start, { type: 'moved', key: 'a', to: 99 }))).toEqual(['b', 'c', 'a']);
  });

  it('adds a copy behind its original, and a new rule at the end', () => {
    const key = freshKey(start);
    expect(keys(reduceDraft(start, { type: 'added', rule: newRule(key), after: 'a' }))).toEqual(['a', key, 'b', 'c']);
    expect(keys(reduceDraft(start, { type: 'added', rule: newRule(key), after: null }))).toEqual(['a', 'b', 'c', key]);
  });

  it('takes what the server has only while nothing was changed here', () => {
    const theirs = { version: 4, rules: [rule('a')] };
    expect(keys(reduceDraft(start, { type: 'loaded', base: theirs }))).toEqual(['a']);
    const mine = reduceDraft(start, { type: 'removed', key: 'a' });
    expect(reduceDraft(mine, { type: 'loaded', base: theirs })).toBe(mine);
  });
});

describe('somebody else saved meanwhile', () => {
  it('takes their changes in and keeps mine on top', () => {
    const mine = reduceDraft(start, { type: 'changed', key: 'b', patch: { holdSeconds: 60 } });
    const theirs = { version: 4, rules: [rule('a', { team: 'db' }), rule('x'), rule('b', { team: 'web' }), rule('c')] };
    const merged = reduceDraft(mine, { type: 'rebased', base: theirs });
    expect(keys(merged)).toEqual(['a', 'x', 'b', 'c']);
    expect(merged.rules.map(({ team, holdSeconds }) => [team, holdSeconds])).toEqual([
      ['db', 0],
      [null, 0],
      [null, 60],
      [null, 0],
    ]);
    expect(merged.base.version).toBe(4);
  });

  it('drops what they removed, unless I changed it: then it comes back as a new rule', () => {
    const theirs = { version: 4, rules: [rule('c')] };
    const mine = reduceDraft(start, { type: 'changed', key: 'b', patch: { name: 'mine' } });
    const merged = reduceDraft(mine, { type: 'rebased', base: theirs });
    expect(merged.rules.map(({ id, name }) => [id, name])).toEqual([
      [null, 'mine'],
      ['c', 'c'],
    ]);
  });

  it('leaves out what I removed, unless they changed it', () => {
    const mine = reduceDraft(reduceDraft(start, { type: 'removed', key: 'a' }), { type: 'removed', key: 'b' });
    const theirs = { version: 4, rules: [rule('a'), rule('b', { team: 'web' }), rule('c')] };
    expect(keys(reduceDraft(mine, { type: 'rebased', base: theirs }))).toEqual(['b', 'c']);
  });

  it('keeps my order where I changed it, and theirs where I did not', () => {
    const theirs = { version: 4, rules: [rule('c'), rule('a'), rule('b')] };
    const edited = reduceDraft(start, { type: 'changed', key: 'a', patch: { team: 'db' } });
    expect(keys(reduceDraft(edited, { type: 'rebased', base: theirs }))).toEqual(['c', 'a', 'b']);
    const moved = reduceDraft(start, { type: 'moved', key: 'b', to: 0 });
    expect(keys(reduceDraft(moved, { type: 'rebased', base: theirs }))).toEqual(['b', 'a', 'c']);
  });
});

describe('the changes of a draft', () => {
  it('names the fields that differ, exactly', () => {
    const mine = reduceDraft(start, {
      type: 'changed',
      key: 'b',
      patch: { windowSeconds: 90, match: 'severity >= high' },
    });
    expect(ruleChanges(start.base.rules, mine.rules)).toEqual([
      {
        kind: 'CHANGED',
        what: 'rule',
        name: 'b',
        diff: ['- match: every alert', '+ match: severity >= high', '- window: 15 min', '+ window: 90 s'],
      },
    ]);
  });

  it('calls only the rule moved that was', () => {
    const mine = reduceDraft(start, { type: 'moved', key: 'c', to: 0 });
    expect(ruleChanges(start.base.rules, mine.rules).map(({ kind, name }) => [kind, name])).toEqual([['MOVED', 'c']]);
  });

  it('tells added and removed rules apart from changed ones', () => {
    const removed = reduceDraft(start, { type: 'removed', key: 'a' });
    const mine = reduceDraft(removed, { type: 'added', rule: newRule('new-1'), after: null });
    expect(ruleChanges(start.base.rules, mine.rules).map(({ kind, name }) => [kind, name])).toEqual([
      ['ADDED', 'New rule'],
      ['REMOVED', 'a'],
    ]);
  });
});
