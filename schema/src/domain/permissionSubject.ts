/** What a permission is asked about. The enforcement loads it; the decision is pure. */
export type Subject =
  | { readonly kind: 'global' }
  /** A thing of a team; null: of no team, then only the global role counts. */
  | { readonly kind: 'team'; readonly team: string | null; readonly authors?: readonly string[] }
  | {
      readonly kind: 'incident';
      readonly team: string | null;
      readonly isRestricted: boolean;
      /** Handles: assignee, reporter, holders of roles, people paged. */
      readonly participants: readonly string[];
      /** Those of them who work on it: not who only reported it, or a report would be acknowledged by its own author. */
      readonly engaged: readonly string[];
      readonly reporter: string | null;
      readonly reviewer: string | null;
      /** Of the thing on it that is asked about: who wrote, owns or is assigned it. */
      readonly authors?: readonly string[];
      /** False: nobody but the viewer could decide it. */
      readonly othersDecide?: boolean;
    }
  /** A thing of one person: contacts, sessions, rules, own notes. */
  | { readonly kind: 'person'; readonly personId: number };

/** How the arguments of a field name its subject; one loader for each in server/src/auth/subjects.ts. */
export type SubjectOf =
  | 'global'
  | 'incident' // args.id | args.incidentId
  | 'incidents' // args.ids + args.into: every one of them must be allowed
  | 'alertsIncident' // incidents of args.alertIds + args.into
  | 'newIncident' // args.input.team
  | 'team' // args.input.team | args.team (both the stored and the new one when it changes)
  | 'integration'
  | 'service'
  | 'schedule'
  | 'policy'
  | 'channel'
  | 'runbook'
  | 'automationRule' // the row's team, by args.id | args.name
  | 'note'
  | 'task'
  | 'attachment'
  | 'pin'
  | 'link'
  | 'incidentRunbook'
  | 'update'
  | 'review'
  | 'actionItem' // its incident
  | 'self' // the viewer's own things; `args.personId` null or the viewer's
  | 'session'
  | 'apiToken'
  | 'person' // whose it is: kind person
  | 'newTeamThing' // args.input.team of something new
  | 'teamsOfInvitation' // every team of args.input.teams; none: global
  | 'each'; // a list or stream: let in, then every row passes canSee (SQL predicate `visibleTo`, live `canSee`); a single object: null
