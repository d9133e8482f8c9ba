import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { NotifyMode, OnMissingLabel, ResolveMode } from '../domain/rule.js';
import { ruleDefaults } from '../domain/ruleInput.js';
import type { Severity } from '../domain/severity.js';
import { LabelObject, optional, plain } from './common.js';
import { NotifyModeEnum, OnMissingLabelEnum, ProposalKindEnum, ResolveModeEnum, SeverityEnum } from './enums.js';
import { DateTime } from './scalars.js';

const texts = {
  match: 'CEL over the alert, e.g. `service == "checkout" && severity >= high`; null matches every alert.',
  groupBy:
    'What alerts of one incident have in common: environment, service, host, namespace, groupKey, integration, fingerprint or labels.x. Empty: the built-in correlation groups.',
  windowSeconds: "How long after the incident's last activity another alert still belongs to it.",
  maxAgeSeconds: 'Older than this an incident takes no further alerts.',
  thresholdCount: 'Opens only after so many alerts of the group within `thresholdSeconds`.',
  holdSeconds: 'Opens only if something still fires after so long; 0 opens at once.',
  titleTemplate: 'E.g. `{{service}}: {{labels.alertname}}`, from the first alert; null takes its title.',
  severity: "What the incident's severity is instead of the alerts'.",
  escalationPolicy: "Decides before the service's and the team's.",
  team: 'Who is responsible; null leaves it to the service and then to the integration.',
  quietPeriodSeconds: 'How long all alerts must have ended before the incident resolves by itself.',
  reopenWindowSeconds: 'A re-fire this soon after the end of the last alert reopens instead of opening another.',
  maxHops: 'How many dependency steps away an alert may be and still join; 0 switches topology off.',
} as const;
const described = (field: keyof typeof texts) => ({ description: texts[field] });
const optionally = (field: keyof typeof texts) => ({ nullable: true, description: texts[field] });
const byDefault = (field: keyof typeof texts & keyof typeof ruleDefaults) => ({
  defaultValue: ruleDefaults[field],
  description: texts[field],
});

@ObjectType('CorrelationRule', { ...plain, description: 'Rules are ordered, the first that matches decides.' })
export class CorrelationRuleObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => Boolean)
  readonly isEnabled!: boolean;
  @Field(() => String, optionally('match'))
  readonly match!: string | null;
  @Field(() => [String], described('groupBy'))
  readonly groupBy!: readonly string[];
  @Field(() => Int, described('windowSeconds'))
  readonly windowSeconds!: number;
  @Field(() => Int, described('maxAgeSeconds'))
  readonly maxAgeSeconds!: number;
  @Field(() => Int, optionally('thresholdCount'))
  readonly thresholdCount!: number | null;
  @Field(() => Int, optional)
  readonly thresholdSeconds!: number | null;
  @Field(() => Int, described('holdSeconds'))
  readonly holdSeconds!: number;
  @Field(() => String, optionally('titleTemplate'))
  readonly titleTemplate!: string | null;
  @Field(() => SeverityEnum, optionally('severity'))
  readonly severity!: string | null;
  @Field(() => String, optionally('team'))
  readonly team!: string | null;
  @Field(() => String, optionally('escalationPolicy'))
  readonly escalationPolicy?: string | null;
  @Field(() => NotifyModeEnum)
  readonly notify!: string;
  @Field(() => OnMissingLabelEnum, {
    description: 'What becomes of an alert that lacks a field of `groupBy`: an incident of its own, or the next rule.',
  })
  readonly onMissingLabel!: string;
  @Field(() => ResolveModeEnum)
  readonly resolve!: string;
  @Field(() => Int, described('quietPeriodSeconds'))
  readonly quietPeriodSeconds!: number;
  @Field(() => Int, described('reopenWindowSeconds'))
  readonly reopenWindowSeconds!: number;
  @Field(() => Int, described('maxHops'))
  readonly maxHops!: number;
  @Field(() => Boolean, { description: 'The correlation that needs no rule; it stands last and cannot be saved.' })
  readonly isBuiltIn!: boolean;
  @Field(() => Int, {
    description: 'Alerts of the last 24 hours that this rule decided about, of the newest 100,000.',
  })
  readonly matchCount!: number;
}

@InputType('CorrelationRuleInput')
export class CorrelationRuleInput {
  @Field(() => ID, { nullable: true, description: 'Null for a new rule: it gets an id after its name.' })
  readonly id?: string | null;
  @Field(() => String)
  readonly name!: string;
  @Field(() => Boolean, { defaultValue: ruleDefaults.isEnabled })
  readonly isEnabled!: boolean;
  @Field(() => String, optionally('match'))
  readonly match?: string | null;
  @Field(() => [String], byDefault('groupBy'))
  readonly groupBy!: readonly string[];
  @Field(() => Int, byDefault('windowSeconds'))
  readonly windowSeconds!: number;
  @Field(() => Int, byDefault('maxAgeSeconds'))
  readonly maxAgeSeconds!: number;
  @Field(() => Int, optionally('thresholdCount'))
  readonly thresholdCount?: number | null;
  @Field(() => Int, optional)
  readonly thresholdSeconds?: number | null;
  @Field(() => Int, byDefault('holdSeconds'))
  readonly holdSeconds!: number;
  @Field(() => String, optionally('titleTemplate'))
  readonly titleTemplate?: string | null;
  @Field(() => SeverityEnum, optionally('severity'))
  readonly severity?: Severity | null;
  @Field(() => String, optionally('team'))
  readonly team?: string | null;
  @Field(() => String, optionally('escalationPolicy'))
  readonly escalationPolicy?: string | null;
  @Field(() => NotifyModeEnum, { defaultValue: ruleDefaults.notify })
  readonly notify!: NotifyMode;
  @Field(() => OnMissingLabelEnum, { defaultValue: ruleDefaults.onMissingLabel })
  readonly onMissingLabel!: OnMissingLabel;
  @Field(() => ResolveModeEnum, { defaultValue: ruleDefaults.resolve })
  readonly resolve!: ResolveMode;
  @Field(() => Int, byDefault('quietPeriodSeconds'))
  readonly quietPeriodSeconds!: number;
  @Field(() => Int, byDefault('reopenWindowSeconds'))
  readonly reopenWindowSeconds!: number;
  @Field(() => Int, byDefault('maxHops'))
  readonly maxHops!: number;
}

@ObjectType('RuleSet', plain)
export class RuleSetObject {
  @Field(() => Int, { description: '0 before anything was saved.' })
  readonly version!: number;
  @Field(() => [CorrelationRuleObject], { description: 'In order; the built-in one last.' })
  readonly rules!: readonly CorrelationRuleObject[];
  @Field(() => DateTime, optional)
  readonly savedAt!: number | null;
  @Field(() => String, optional)
  readonly savedBy!: string | null;
  @Field(() => String, optional)
  readonly comment!: string | null;
}

@ObjectType('RuleSetVersion', plain)
export class RuleSetVersionObject {
  @Field(() => Int)
  readonly version!: number;
  @Field(() => DateTime)
  readonly savedAt!: number;
  @Field(() => String)
  readonly savedBy!: string;
  @Field(() => String, optional)
  readonly comment!: string | null;
  @Field(() => Int)
  readonly ruleCount!: number;
}

@ObjectType('RulePreview', { ...plain, description: 'What a rule alone would say about a stored alert.' })
export class RulePreviewObject {
  @Field(() => Boolean)
  readonly matches!: boolean;
  @Field(() => String, { nullable: true, description: 'Why it does not, or what failed.' })
  readonly reason!: string | null;
  @Field(() => String, { nullable: true, description: 'The correlation key that the alert would get.' })
  readonly key!: string | null;
  @Field(() => [LabelObject], { description: 'The fields and values the key is made from.' })
  readonly values!: readonly LabelObject[];
}

@ObjectType('RuleProposal', { ...plain, description: 'What would calm a noisy alert, from the last 7 days.' })
export class RuleProposalObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => ProposalKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly reason!: string;
  @Field(() => Int)
  readonly alertCount!: number;
  @Field(() => Int)
  readonly incidentCount!: number;
  @Field(() => [CorrelationRuleObject], {
    nullable: true,
    description: 'The rules with the proposal among them, without the built-in one: for a backtest and for saving.',
  })
  readonly rules!: readonly CorrelationRuleObject[] | null;
  @Field(() => String, { nullable: true, description: 'For a silence: what it would match.' })
  readonly silenceMatch!: string | null;
}
