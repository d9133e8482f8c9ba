import { describe, expect, it, test } from 'vitest';
import { harbour, service } from './correlate.fixture.js';
import { emptyTopology, Topology } from './topology.js';
import { probableOrigin } from './topologyOrigin.js';

describe('a name in any spelling', () => {
  const shop = new Topology([
    service('rates', [], { aliases: ['FX Rates'], namespace: 'shop' }),
    service('payment-service'),
    service('order'),
    service('order-history'),
    service('session-cache'),
  ]);
  test.each([
    ['rates', 'rates'],
    ['fx_rates', 'rates'],
    ['rates-6ng4wr2tw-fbfdl', 'rates'],
    ['rates.shop.svc', 'rates'],
    ['prod-rates', 'rates'],
    ['shop/rates', 'rates'],
    ['https://rates.shop.example/healthz', 'rates'],
    ['payment', 'payment-service'],
    ['order-history-69mbz6wr9-bp4gm', 'order-history'],
    ['data-session-cache-1', 'session-cache'],
  ])('%s is %s', (name, expected) => {
    expect(shop.resolve(name)?.name).toBe(expected);
  });

  it('is nothing where the catalogue knows none of it, or not for sure', () => {
    expect(shop.resolve('order-processor')).toBeNull();
    expect(shop.mentionedIn('session-cache-main')?.name).toBe('session-cache');
    expect(emptyTopology.resolve('rates')).toBeNull();
  });

  it('may be a namespace that holds only one service', () => {
    expect(shop.soleOfNamespace('shop')?.name).toBe('rates');
    expect(harbour.soleOfNamespace('nowhere')).toBeNull();
  });
});

describe('the graph', () => {
  it('reaches neighbours within so many steps, with the way', () => {
    expect([...harbour.dependencies('web', 2).keys()]).toEqual(['cart', 'ads', 'stock']);
    expect(harbour.path('web', 'stock', 2)).toEqual(['web', 'cart', 'stock']);
    expect(harbour.path('web', 'stock-db', 2)).toBeNull();
    expect([...harbour.dependents('stock-db', 2).keys()]).toEqual(['stock', 'cart']);
    expect(harbour.sharedDependencies('mail', 'bills', 1)).toEqual(['post']);
  });

  it('ends in circles', () => {
    const round = new Topology([service('a', ['b']), service('b', ['c']), service('c', ['a'])]);
    expect([...round.dependencies('a', 10).keys()]).toEqual(['b', 'c']);
    expect(round.path('a', 'c', 10)).toEqual(['a', 'b', 'c']);
    expect(probableOrigin(['a', 'b'], round)).toBe('a');
  });

  it('names the affected service furthest down as the probable origin', () => {
    expect(probableOrigin(['web', 'cart', 'stock-db'], harbour)).toBe('stock-db');
    expect(probableOrigin(['web', 'ads', 'stock'], harbour)).toBe('ads');
    expect(probableOrigin([], harbour)).toBeNull();
    expect(probableOrigin(['unknown'], emptyTopology)).toBe('unknown');
  });
});
