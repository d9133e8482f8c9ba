import { describe, expect, it } from 'vitest';
import { parseItemsSearch, parseReviewsSearch } from './lessonsSearch.ts';

describe('the addresses of reviews and action items', () => {
  it('keep what was chosen and searched for, and leave out what is shown anyway', () => {
    expect(parseReviewsSearch({ show: 'overdue', text: 'retry' })).toEqual({ show: 'overdue', text: 'retry' });
    expect(parseReviewsSearch({ show: 'published', text: '' })).toEqual({});
    expect(parseItemsSearch({ show: 'ended', mine: true })).toEqual({ show: 'ended', mine: true });
    expect(parseItemsSearch({ show: 'open', mine: false })).toEqual({});
  });

  it('pass over what nobody offers, and read a number as the word that it was', () => {
    expect(parseReviewsSearch({ show: 'all', text: 500 })).toEqual({ text: '500' });
    expect(parseItemsSearch({ show: 7, mine: 'yes' })).toEqual({});
  });
});
