/** Everything that a file may hold about people and process; it takes the people ada, grace and linus. */
export const wholeDocument = `
rules:
  - { name: Payments, match: 'labels.team == "payments"', team: payments, escalationPolicy: Payments first }
services:
  - { name: Checkout, team: payments, escalationPolicy: Payments first }
  - { name: db, team: Platform }
teams:
  - name: Platform
    description: "Keeps what others stand on: databases, queues."
    chatUrl: https://chat.example.com/platform
    escalationPolicy: Around the clock
    members:
      - { person: linus, role: responder }
      - { person: ada, role: manager }
  - { name: payments, escalationPolicy: Payments first }
schedules:
  - name: Platform primary
    team: Platform
    timeZone: Europe/Berlin
    layers:
      - name: Weeks
        startsOn: 2026-01-05
        handoff: 09:00
        turnUnit: week
        people: [ada, linus, ada]
      - name: Nights
        startsOn: 2026-03-01
        endsOn: 2026-12-31
        handoff: 21:00
        turnUnit: day
        turnLength: 2
        people: [grace]
        restrictions:
          - { weekdays: [5, 1, 2, 3, 4], from: 21:00, until: 06:00 }
escalationPolicies:
  - name: Around the clock
    team: Platform
    repeatCount: 2
    unacknowledgeSeconds: 1800
    pageWhen: severity >= high
    steps:
      - targets: [{ schedule: Platform primary }]
      - delaySeconds: 300
        mode: roundRobin
        condition: hour >= 8
        targets: [{ person: grace }, { team: Platform }, { channel: "#ops" }]
  - name: Payments first
    team: payments
    steps:
      - delaySeconds: 60
        targets: [{ team: payments }]
channels:
  - name: "#ops"
    kind: slack_bot
    team: Platform
    settings: { room: "#ops", apiUrl: https://slack.example.com/api }
    subscriptions:
      - { kinds: [incident.opened, incident.resolved], condition: severity == critical }
  - { name: Wall, kind: webhook, settings: { template: "{{ text }}" }, mayReachPrivate: true, isEnabled: false }
incidentTypes:
  - { key: operational, title: Operational }
  - { key: security, title: Security, isRestricted: true, updatesNeedApproval: true }
  - key: request
    title: Request
    defaultSeverity: low
    statuses:
      - { key: new, title: New, phase: detected }
      - { key: seen, title: Seen, phase: triaged }
      - { key: doing, title: Doing, phase: acknowledged }
      - { key: waiting, title: Waiting, phase: mitigated }
      - { key: done, title: Done, phase: resolved }
      - { key: shut, title: Shut, phase: closed }
    transitions:
      - { from: new, to: seen, role: responder }
      - { from: seen, to: doing, role: responder }
      - { from: doing, to: waiting, role: responder }
      - { from: doing, to: done, role: responder, requires: [answer] }
      - { from: waiting, to: done, role: responder }
      - { from: done, to: shut, role: manager }
      - { from: shut, to: doing, role: reporter }
    fields:
      - { key: asked, title: Asked for, kind: choice, choices: [access, data], reportOrder: 1, isRequiredInReport: true }
      - { key: answer, title: Answer, kind: text }
    roles:
      - role: manager
        requiredFrom: high
        checklist: [{ key: told, text: Everybody was told }]
    closing: { openTasks: refused, fields: [answer] }
priorityMatrix:
  - [1, 1, 1]
  - [1, 2, 2]
  - [2, 3, 4]
severityCriteria:
  critical: |-
    Nobody can buy.

    - Money is lost every minute.
  low: "Somebody notices: maybe."
messageTemplates:
  - kind: notification
    key: page
    title: "{{ incident.reference }} {{ incident.title }}"
    body: |-
      {{ sentence }}
        indented
  - { kind: stakeholder, key: outage, type: security, title: Outage, body: We look into it. }
runbooks:
  - title: Failover
    team: Platform
    services: [db, not in the catalogue]
    types: [operational]
    condition: severity >= medium
    body: |-
      # Failover

      - [ ] Stop the writes
      - [ ] Promote
  - { title: Old, isArchived: true, body: Nobody follows this. }
automation:
  - name: Z first
    kinds: [incident.opened]
    condition: severity == critical
    actions:
      - { kind: attachRunbook, runbook: Failover }
      - { kind: assign, schedule: Platform primary }
      - { kind: setField, field: answer, value: null }
  - name: A second
    isEnabled: false
    team: Platform
    kinds: [incident.severityChanged, incident.acknowledged]
    actions:
      - { kind: notify, channel: "#ops", text: "Now: {{ severity }}" }
      - { kind: webhook, channel: Wall }
      - { kind: addRole, role: manager, handle: ada }
      - { kind: route, team: payments }
      - { kind: createTask, title: Look, assignee: linus }
statusPage:
  title: Shop status
  description: How we are.
  isPublic: true
  components:
    - { service: Checkout, title: Paying }
    - { service: db, title: Storage, group: Inside }
`;
