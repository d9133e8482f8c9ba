import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Explanation } from '@tocsin/schema/domain/correlation';
import type { NewEvent } from '@tocsin/schema/domain/event';
import { insertAlerts, type AlertToInsert } from '@tocsin/schema/postgres/alertWrite';
import { foldRepeats, type Hint } from '@tocsin/schema/postgres/fingerprintState';
import { newIncident } from '@tocsin/schema/postgres/incidentCommands';
import { episodeLimit, insertIncidents, type IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { writeDeliveries, type DeliveryToWrite } from '@tocsin/schema/postgres/receiptWrite';
import type { Defer } from '@tocsin/schema/postgres/transaction';
import { instanceOf, serviceCount, serviceOf, type LabelSets } from './load/request.js';

export interface BareBatch {
  readonly alerts: readonly AlertToInsert[];
  readonly repeats: readonly Hint[];
  readonly events: readonly NewEvent[];
  readonly deliveries: readonly DeliveryToWrite[];
}

const sender = { kind: 'sender', name: 'bare' } as const;

/** The rows that the product would write for the same label sets. */
export class BareRows {
  readonly #integrationId: number;
  readonly #known = new Set<string>();
  #lastAlertId = 0;
  #lastDelivery = 0;

  constructor(integrationId: number) {
    this.#integrationId = integrationId;
  }

  /** One incident for each service, numbered by it. */
  async openIncidents(db: Queryable): Promise<void> {
    await insertIncidents(
      db,
      Array.from({ length: serviceCount }, (_, service) => incidentOf(service)),
    );
  }

  batchOf(labelSets: LabelSets, ids: readonly number[], deliveryCount: number): BareBatch {
    const at = Date.now();
    const startsAt = Date.parse(labelSets.startsAt);
    const fresh: number[] = [];
    const counts = new Map<number, number>();
    for (const id of ids) {
      const fingerprint = fingerprintOf(labelSets.run, id);
      if (this.#known.has(fingerprint)) counts.set(id, (counts.get(id) ?? 0) + 1);
      else fresh.push(id);
      // A condition that is never sent again need not be remembered.
      if (labelSets.choice !== 'new') this.#known.add(fingerprint);
    }
    const alerts = fresh.map((id) => this.#alert(labelSets.run, id, startsAt, at));
    const repeats = [...counts].map(([id, count]) => {
      const hint = { integrationId: this.#integrationId, fingerprint: fingerprintOf(labelSets.run, id) };
      return { ...hint, materialHash, startsAt, count, receivedAt: at };
    });
    return {
      alerts,
      repeats: repeats.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
      events: [...alerts.map((alert) => eventOf(alert, at)), this.#received(ids, alerts.length, at)],
      deliveries: Array.from({ length: deliveryCount }, () => this.#delivery(ids.length / deliveryCount, at)),
    };
  }

  send(db: Queryable, defer: Defer, batch: BareBatch): void {
    if (batch.repeats.length > 0) defer(foldRepeats(db, batch.repeats));
    defer(insertAlerts(db, batch.alerts));
    defer(appendEvents(db, batch.events));
    defer(writeDeliveries(db, batch.deliveries));
  }

  #alert(run: number, id: number, startsAt: number, at: number): AlertToInsert {
    return {
      id: ++this.#lastAlertId,
      integrationId: this.#integrationId,
      alert: normalised(run, id, startsAt),
      materialHash,
      startsAt,
      startsAtIsSent: true,
      receivedAt: at,
      lastReceivedAt: at,
      receivedCount: 1,
      closing: null,
      incidentId: (id % serviceCount) + 1,
      explanation: explanationOf(serviceOf(id)),
      service: serviceOf(id),
      parts: null,
      pendingKey: null,
      suppressedBy: null,
    };
  }

  #received(ids: readonly number[], opened: number, at: number): NewEvent {
    const common = { integrationId: this.#integrationId, source: 'prometheus', environment: 'production' };
    const services = new Set(ids.map(serviceOf));
    const outcome = opened > 0 ? 'opened' : 'repeated';
    const count = Math.ceil(ids.length / services.size);
    const counts = [...services].map((service) => ({ ...common, service, severity: 'high', outcome, count }) as const);
    const actor = { kind: 'system', name: 'ingest' } as const;
    return { kind: 'alerts.received', incidentId: null, alertId: null, actor, occurredAt: at, data: { counts } };
  }

  #delivery(alerts: number, at: number): DeliveryToWrite {
    const id = (++this.#lastDelivery).toString(16).padStart(32, '0');
    return { integrationId: this.#integrationId, id, receivedAt: at, receipts: 1, outcomes: { opened: alerts } };
  }
}

const materialHash = 'bare-material-hash-22-';

function fingerprintOf(run: number, id: number): string {
  return `${String(run).padStart(8, '0')}${instanceOf(id)}`;
}

function incidentOf(service: number): IncidentToWrite {
  const name = serviceOf(service);
  const now = Date.now();
  const title = 'QueueGrows';
  const group = { services: [name], environment: 'production', correlationKey: keyOf(name) };
  return {
    incident: { ...newIncident(service + 1, now), title, severity: 'high', ...group },
    activity: {
      source: 'prometheus',
      ruleId: 'default',
      ruleVersion: 1,
      acceptsAlerts: true,
      firstStartsAt: now,
      lastActivityAt: now,
      notify: 'page',
      isTouched: false,
      soleCondition: null,
      episodeCount: episodeLimit,
    },
  };
}

function keyOf(service: string): string {
  return `default · environment="production" service="${service}"`;
}

function explanationOf(service: string): Explanation {
  return {
    ruleId: 'default',
    ruleVersion: 1,
    outcome: 'joined',
    key: keyOf(service),
    values: { environment: 'production', service },
    windowSeconds: 1_800,
    reason: 'sameService',
    path: [],
  };
}

function normalised(run: number, id: number, startsAt: number): NormalisedAlert {
  const service = serviceOf(id);
  const instance = `run${String(run).padStart(4, '0')}-${instanceOf(id)}`;
  const summary = 'The queue has grown for ten minutes';
  return {
    fingerprint: fingerprintOf(run, id),
    status: 'firing',
    severity: 'high',
    senderSeverity: 'high',
    title: 'QueueGrows',
    summary,
    description: null,
    service,
    environment: 'production',
    labels: {
      alertname: 'QueueGrows',
      severity: 'high',
      environment: 'production',
      service,
      instance,
    },
    annotations: { summary },
    startsAt,
    endsAt: null,
    generatorUrl: 'http://prometheus.example/graph?g0.expr=up',
    runbookUrl: null,
    links: [],
    traceId: null,
    groupKey: null,
    isTest: false,
  };
}

function eventOf({ id, incidentId, alert, startsAt, explanation }: AlertToInsert, at: number): NewEvent {
  const { title, severity, service, environment } = alert;
  const { outcome, ruleId, ruleVersion } = explanation ?? explanationOf(service ?? '');
  const data = { title, severity, service, environment, startsAt, outcome, ruleId, ruleVersion };
  return { kind: 'alert.opened', incidentId, alertId: id, actor: sender, occurredAt: at, data };
}
