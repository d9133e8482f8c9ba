import { lookup as resolveName, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { isForbiddenHost } from '../domain/forbiddenAddress.js';

/** Where clouds hand out credentials, and what is no single machine: nobody may have these asked. */
const never = new BlockList();
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addSubnet('224.0.0.0', 4, 'ipv4');
never.addAddress('255.255.255.255', 'ipv4');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');
never.addAddress('fd00:ec2::254', 'ipv6');
// link-local behind a NAT64
never.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

/** This machine and its own network, whatever they are written as; only what an admin allowed reaches them. */
const own = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['240.0.0.0', 4],
] as const) {
  own.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  // unspecified, loopback and the old form of IPv4 within IPv6
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  // Teredo and 6to4 carry an IPv4 address
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fec0::', 10],
] as const) {
  own.addSubnet(network, bits, 'ipv6');
}

/** True for addresses that are never asked: link-local and multicast. IPv4 within IPv6 counts as IPv4. */
export function isForbidden(address: string): boolean {
  return isIn(never, address);
}

/** Why an address may not be asked, as the end of a sentence; null: it may. */
export function refusalOfAddress(address: string, mayReachPrivate: boolean): string | null {
  if (isForbidden(address) || isForbiddenHost(address)) return 'a link-local or metadata address';
  return !mayReachPrivate && isIn(own, address) ? 'an address of a private network' : null;
}

function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family === 0 || list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
export type GuardedLookup = (hostname: string, options: LookupOptions, done: LookupDone) => void;

/** Answers what a name leads to; node:dns, but for tests. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for node:http that refuses a name as soon as one of its addresses is refused. It is asked once for each
 * connection and its answer is what is connected to, so a name cannot change its mind between check and connection.
 */
export function guardedLookup(mayReachPrivate: boolean, resolve: ResolveName = resolveName): GuardedLookup {
  return (hostname, options, done) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        done(error, '', 0);
        return;
      }
      const refusal = addresses
        .map(({ address }) => refusalOfAddress(address, mayReachPrivate))
        .find((reason) => reason !== null);
      const [first] = addresses;
      if (refusal !== undefined || first === undefined) {
        done(new Error(`${hostname} leads to ${refusal ?? 'no address'}`), '', 0);
      } else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
}
