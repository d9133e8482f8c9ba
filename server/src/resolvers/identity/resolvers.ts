import { ApiTokensResolver, SessionsResolver, ViewerResolver } from './account.js';
import { ActorResolver } from './actor.js';
import { AuditResolver } from './audit.js';
import { InvitationsResolver, PeopleResolver } from './people.js';

export const identityResolvers = [
  ViewerResolver,
  SessionsResolver,
  ApiTokensResolver,
  PeopleResolver,
  InvitationsResolver,
  ActorResolver,
  AuditResolver,
] as const;
