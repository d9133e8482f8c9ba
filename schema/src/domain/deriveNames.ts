/** Names inside the values of labels: workloads of pods, hosts of targets, resources called after their service. */

/** Generated pod names use an alphabet without vowels, 0, 1 and 3, so that they spell nothing. */
const ofReplicaSet = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
/** Not every distribution keeps to that alphabet: a digit in the long part tells a hash from a word as well. */
const ofHashedWorkload = /^(.+)-(?=[a-z]*\d)[a-z\d]{8,10}-[a-z\d]{5}$/;
const ofDaemonSetOrJob = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const ofStatefulSet = /^(.+)-\d{1,4}$/;

/** `checkout-7c9d8b5f6-2xk4p` → `checkout`, `kafka-0` → `kafka`: each pod as a service of its own would group nothing. */
export function workloadOfPod(pod: string): string | null {
  const matched = ofReplicaSet.exec(pod) ?? ofHashedWorkload.exec(pod) ?? ofDaemonSetOrJob.exec(pod);
  return (matched ?? ofStatefulSet.exec(pod))?.[1] ?? null;
}

/** A StatefulSet names its volumes `<template>-<set>-<ordinal>`: `data-orders-db-1` → `orders-db`. */
export function workloadOfVolume(claim: string): string | null {
  return /^[a-z\d]+-(.+)-\d{1,4}$/.exec(claim)?.[1] ?? null;
}

/** A CronJob names its jobs `<cron job>-<minutes since 1970>`: `report-29460378` → `report`. */
export function workloadOfJob(job: string): string {
  return /^(.+)-\d{8,10}$/.exec(job)?.[1] ?? job;
}

/** The operators' scrape configurations name jobs `<namespace>/<name>`: `shop/mailer` → `mailer`. */
export function lastSegment(value: string): string | null {
  return value.slice(value.lastIndexOf('/') + 1) || null;
}

/** Consumers are called after the service that consumes: `notify-cg` → `notify`. */
export function withoutConsumerSuffix(group: string): string {
  return group.replace(/[-_.](cg|consumers?|consumer[-_]?group|group|workers?)$/, '');
}

/** Certificates are called after what they secure: `banners-tls` → `banners`. Other texts than resource names give null. */
export function securedResource(name: string): string | null {
  return /^([a-z\d][a-z\d-]*?)-(?:tls|cert|certificate)$/.exec(name)?.[1] ?? null;
}

/** Host of a scrape target or URL: `redis://cache.data:6379` → `cache.data`, `10.0.0.4:9100` → `10.0.0.4`. */
export function hostOfTarget(target: string): string | null {
  const found = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#\s]+)(?::\d+)?(?:[/?#]|$)/i.exec(
    target.trim(),
  );
  const host = found?.[1]?.toLowerCase() ?? null;
  return host?.startsWith('[') ? host.slice(1, -1) : host;
}

/** An IPv4 or IPv6 address says where, not what. */
export function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

/** First labels of host names that say what is served, not by which service. */
const genericHostLabels: ReadonlySet<string> = new Set(['www', 'api', 'app', 'web', 'status', 'health', 'localhost']);

/** `orders-db-0.data` → `orders-db`, `delivery.shop.example` → `delivery`, `api.mail.example` → `mail`; addresses give null. */
export function serviceOfHost(host: string): string | null {
  if (isAddress(host)) return null;
  const labels = host.split('.');
  const first = genericHostLabels.has(labels[0] ?? '') ? labels[1] : labels[0];
  if (first === undefined || first === '' || genericHostLabels.has(first)) return null;
  return workloadOfPod(first) ?? first;
}
