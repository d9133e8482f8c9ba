import { isDay } from '@tocsin/schema/domain/actionItem';
import { type ReviewDetails, type ReviewImpact, reviewLimits } from '@tocsin/schema/domain/review';
import { type Why, whyLimits, whyProblem } from '@tocsin/schema/domain/whyTree';
import type {
  ActionItemFilterInput,
  ActionItemInput,
  ReviewDetailsInput,
  ReviewFilterInput,
  ReviewImpactInput,
  WhyInput,
} from '@tocsin/schema/graphql/reviewInput';
import type { ActionItemFilter } from '@tocsin/schema/postgres/actionItem';
import type { ActionItemDraft } from '@tocsin/schema/postgres/actionItemWrite';
import type { ReviewFilter } from '@tocsin/schema/postgres/reviewSearch';
import { invalidInput } from '../../errors.js';
import { optionalText, requiredId, requiredText, textList, wholeNumber } from '../input.js';

const longest = { title: 300, description: 4_000, url: 2_000, name: 200, search: 200 } as const;

/** @throws ApiFailure INVALID_INPUT */
export function draftOf(input: ActionItemInput): ActionItemDraft {
  return {
    incidentId: requiredId('incident', input.incidentId),
    title: requiredText('input.title', input.title, longest.title),
    description: optionalText('input.description', input.description, longest.description),
    kind: input.kind,
    ownerId: input.ownerId == null ? null : requiredId('person', input.ownerId),
    dueOn: dayIn(input.dueOn),
    ticketUrl: webAddress('input.ticketUrl', input.ticketUrl),
  };
}

function dayIn(day: string | null | undefined): string | null {
  if (day == null) return null;
  if (!isDay(day)) throw invalidInput('input.dueOn', `The calendar has no ${day.slice(0, 20)}.`);
  return day;
}

/** An address that a browser opens; it may not run anything. */
function webAddress(field: string, value: string | null | undefined): string | null {
  const text = optionalText(field, value, longest.url);
  if (text === null) return null;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw invalidInput(field, `${field} must begin with https:// or http://.`);
  return text;
}

export function itemFilterOf(input: ActionItemFilterInput | null | undefined): ActionItemFilter {
  return {
    states: input?.states ?? [],
    owners: textList('filter.owners', input?.owners ?? [], 50, longest.name),
    teams: textList('filter.teams', input?.teams ?? [], 50, longest.name),
    isOverdue: input?.isOverdue ?? null,
    incidentId: input?.incidentId == null ? null : requiredId('incident', input.incidentId),
  };
}

export function reviewFilterOf(input: ReviewFilterInput | null | undefined): ReviewFilter {
  return {
    states: input?.states ?? [],
    text: optionalText('filter.text', input?.text, longest.search),
    services: textList('filter.services', input?.services ?? [], 50, longest.name),
    teams: textList('filter.teams', input?.teams ?? [], 50, longest.name),
    isOverdue: input?.isOverdue ?? null,
  };
}

/** @throws ApiFailure INVALID_INPUT */
export function detailsOf(input: ReviewDetailsInput): ReviewDetails {
  const { title, authorId, reviewerId, dueAt, whys, factors, impact, timeline } = input;
  const { text: longText, short } = reviewLimits;
  return {
    ...(title != null && { title: requiredText('input.title', title, reviewLimits.title) }),
    ...(authorId !== undefined && { authorId: personOf(authorId) }),
    ...(reviewerId !== undefined && { reviewerId: personOf(reviewerId) }),
    ...(dueAt !== undefined && { dueAt }),
    ...(whys != null && { whys: whysOf(whys) }),
    ...(factors != null && {
      factors: atMost('input.factors', factors, reviewLimits.factors).map((factor) => ({
        category: requiredText('input.factors.category', factor.category, short),
        text: requiredText('input.factors.text', factor.text, longText),
      })),
    }),
    ...(impact != null && { impact: impactOf(impact) }),
    ...(timeline != null && {
      timeline: atMost('input.timeline', timeline, reviewLimits.timeline).map((entry) => ({
        occurredAt: entry.occurredAt,
        text: requiredText('input.timeline.text', entry.text, longText),
        eventId: optionalText('input.timeline.eventId', entry.eventId, 1_000),
      })),
    }),
  };
}

function personOf(id: string | null): number | null {
  return id === null ? null : requiredId('person', id);
}

function atMost<Item>(field: string, items: readonly Item[], max: number): readonly Item[] {
  if (items.length > max) throw invalidInput(field, `${field} must have at most ${max} items.`);
  return items;
}

function whysOf(input: readonly WhyInput[]): readonly Why[] {
  const whys = atMost('input.whys', input, whyLimits.nodes).map((why) => ({
    id: why.id,
    parentId: why.parentId ?? null,
    question: optionalText('input.whys.question', why.question, whyLimits.text) ?? '',
    answer: optionalText('input.whys.answer', why.answer, whyLimits.text) ?? '',
  }));
  const problem = whyProblem(whys);
  if (problem !== null) throw invalidInput('input.whys', problem);
  return whys;
}

const largest = 2_147_483_647;

function impactOf(input: ReviewImpactInput): ReviewImpact {
  const count = (field: string, value: number | null | undefined) =>
    value == null ? null : wholeNumber(`input.impact.${field}`, value, 0, largest);
  return {
    customers: count('customers', input.customers),
    requests: count('requests', input.requests),
    durationSeconds: count('durationSeconds', input.durationSeconds),
    revenue: optionalText('input.impact.revenue', input.revenue, reviewLimits.short),
    text: optionalText('input.impact.text', input.text, reviewLimits.text),
  };
}
